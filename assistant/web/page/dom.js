// Building and updating the page. Every text becomes a text node: nothing that people or documents wrote is ever HTML.

/** An element: attributes (null and false are left out, true is empty), then children: elements, strings, null, lists. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** Makes the children of `parent` look like `nodes`, touching only what differs: focus, selection and opened parts stay. */
export function patch(parent, nodes) {
  const present = [...parent.childNodes];
  const wanted = nodes.filter((node) => node instanceof Node); // parts that do not apply are null, false or ""
  wanted.forEach((next, i) => {
    const old = present[i];
    if (!old) parent.append(next);
    else if (!sameSort(old, next)) parent.replaceChild(next, old);
    else if (old.nodeType === Node.TEXT_NODE) {
      if (old.data !== next.data) old.data = next.data;
    } else {
      patchAttributes(old, next);
      patch(old, [...next.childNodes]);
    }
  });
  present.slice(wanted.length).forEach((old) => old.remove());
}

function sameSort(old, next) {
  return old.nodeName === next.nodeName && (old.dataset?.key ?? "") === (next.dataset?.key ?? "");
}

function patchAttributes(old, next) {
  for (const { name } of [...old.attributes]) {
    const openedByReader = name === "open" && old.nodeName === "DETAILS";
    if (!next.hasAttribute(name) && !openedByReader) old.removeAttribute(name);
  }
  for (const { name, value } of [...next.attributes]) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
}

// The list of past conversations.
import { el } from "./dom.js";

/** The nodes of the list; `sure` is the conversation whose deletion waits for a second press. */
export function past(page, t, sure) {
  const nodes = [el("button", { type: "button", class: "new", "data-act": "new" }, t("past.new"))];
  if (page.past.length === 0) nodes.push(el("p", { class: "soft", "data-key": "none" }, t("past.none")));
  for (const when of ["today", "week", "earlier"]) {
    const group = page.past.filter((p) => p.when === when);
    if (group.length === 0) continue;
    nodes.push(el("h2", { "data-key": when }, t(`when.${when}`)));
    nodes.push(el("ul", { "data-key": `list-${when}` }, group.map((p) => item(p, page, t, sure))));
  }
  return nodes;
}

function item(p, page, t, sure) {
  return el("li", { "data-key": p.id },
    el("button", { type: "button", class: "title", "data-act": "open", "data-id": p.id, title: p.title, "aria-current": p.id === page.conversation ? "true" : null }, p.title),
    el("button", {
      type: "button", class: sure === p.id ? "remove sure" : "remove", "data-act": "remove", "data-id": p.id,
      "aria-label": sure === p.id ? t("past.sure") : t("past.remove", p), title: t("past.remove", p),
    }, sure === p.id ? t("past.sure") : "×"));
}

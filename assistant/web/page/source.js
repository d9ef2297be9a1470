// The panel at the side (below when narrow): one citation with its surroundings, and the list of all of the answer's.
import { el } from "./dom.js";
import { digest, validity } from "./thread.js";

/** The nodes of the panel. `open` is {message, list, n} or null. */
export function source(page, t, open) {
  const message = open && page.messages[open.message];
  const citation = message && message[open.list].find((c) => c.n === open.n);
  if (!citation) return [el("p", { class: "soft", "data-key": "none" }, t("source.none"))];
  return [
    el("button", { type: "button", class: "chip back", "data-act": "back" }, t("source.back")),
    el("h2", { tabindex: "-1" }, citation.title),
    el("p", { class: "badges" }, citation.validity && validity(citation.validity, t), citation.digest && digest(t)),
    el("p", { class: "meta" }, facts(citation, t).join(" · ")),
    citation.digest && el("p", { class: "meta digest-line" },
      citation.checked_on ? t("digest.checked", citation) : t("digest.unchecked")),
    citation.section && el("p", { class: "path" }, citation.section),
    el("blockquote", { class: "passage", "data-key": `${open.message}-${open.list}-${open.n}` },
      citation.before && el("span", { class: "around" }, citation.before),
      el("mark", {}, citation.quote),
      citation.after && el("span", { class: "around" }, citation.after)),
    links(citation, t),
    el("h3", {}, t(open.list === "nearest" ? "nearest" : "source.list")),
    el("ol", { class: "all" }, message[open.list].map((c) => el("li", {},
      el("button", {
        type: "button", "data-act": "cite", "data-message": open.message, "data-list": open.list, "data-n": c.n,
        "aria-pressed": c.n === open.n ? "true" : "false",
      }, el("span", { class: "cite", "aria-hidden": "true" }, c.n), el("span", {}, `${c.title}${c.section ? ` · ${c.section}` : ""}`))))),
  ];
}

function facts(citation, t) {
  const dates = citation.dates.map(([name, day]) => t(`date.${name}`, { day }));
  return [t(`kind.${citation.kind}`), citation.doc_number, citation.issuers, ...(dates.length > 0 ? dates : [t("date.unknown")])].filter(Boolean);
}

function links(citation, t) {
  const kind = citation.source_kind ? t(`source_kind.${citation.source_kind}`) : t("source_kind.unknown");
  const away = (address, text) => el("a", {
    href: address, target: "_blank", rel: "noopener noreferrer", title: t("source.new_tab"),
  }, text, el("span", { "aria-hidden": "true" }, " ↗"));
  return el("p", { class: "links" },
    el("button", { type: "button", class: "link", "data-act": "copy", "data-text": citation.copy }, t("source.copy")),
    citation.url && away(citation.url, t("source.original")),
    citation.source_url
      ? away(citation.source_url, t("source.from", { kind }))
      : citation.source_kind && el("span", { class: "soft" }, t("source.from_unlinked", { kind })));
}

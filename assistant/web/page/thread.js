// The conversation: questions, answers as they grow, and everything said about an answer.
import { el } from "./dom.js";

/** The nodes of the whole thread. `t` gives words, `open` is the citation shown at the side: {message, list, n}. */
export function thread(page, t, open) {
  if (page.messages.length === 0) return [empty(page, t)];
  return page.messages.map((m, i) => {
    const last = i === page.messages.length - 1;
    return message({ m, t, last, at: i, open: open && open.message === i ? open : null });
  });
}

function empty(page, t) {
  return el("div", { class: "empty", "data-key": "empty" },
    el("h2", {}, t("empty.title")),
    el("p", {}, t("empty.lead")),
    el("h3", {}, t("empty.examples")),
    questions(page.examples));
}

function message(c) {
  const { m, t } = c;
  return el("article", { class: `message ${m.state}`, "data-key": `m${c.at}`, "data-state": m.state, "aria-busy": m.state === "working" ? "true" : null },
    el("h2", { class: "q", tabindex: "-1" }, m.question),
    readAs(c),
    m.blocks.length > 0 && el("div", { class: "answer" }, m.blocks.map((b) => block(b, c))),
    m.state === "working" && steps(m, t),
    ending(m, t),
    m.warnings.map((w) => el("p", { class: "note warning" }, w)),
    m.notes.map((line) => el("p", { class: "note" }, line.map((part) => (part.n ? cite(part.n, c) : part.text)))),
    m.conflicts.map((conflict) => conflictOf(conflict, c)),
    withdrawn(m, t),
    m.nearest.length > 0 && nearest(c),
    m.state === "answered" && tools(m, t),
    m.why && why(c),
    c.last && m.follow_ups.length > 0 && el("section", { class: "next" },
      el("h3", {}, t(m.state === "answered" ? "follow_ups" : "can_ask")), questions(m.follow_ups)));
}

function readAs(c) {
  const { m, t } = c;
  if (!m.as_of && !m.rewritten && !m.partly && m.filters.length + m.unread.length === 0) return null;
  return el("p", { class: "read-as" },
    m.partly && el("span", { class: "chip state" }, t("state.partly")),
    m.as_of && el("span", { class: "chip" }, t("as_of.day", { day: m.as_of })),
    m.rewritten && el("span", { class: "chip" }, t("rewritten", { question: m.rewritten })),
    m.filters.map(([name, value]) => filter(name, value, c)),
    m.unread.map((name) => el("span", { class: "chip" }, t("filter.off", { label: t(`filter.${name}`) }))));
}

/** A condition read out of the question; pressing it asks again without. */
function filter(name, value, c) {
  const words = { label: c.t(`filter.${name}`), value };
  return el("button", {
    type: "button", class: "chip filter", "data-act": "widen", "data-message": c.at, "data-name": name, "aria-label": c.t("filter.remove", words), title: c.t("filter.remove", words),
  }, c.t("filter", words), el("span", { "aria-hidden": "true" }, "✕"));
}

function block(b, c) {
  if (b.kind === "list") return el("ol", {}, b.claims.map((claim) => el("li", {}, sentence(claim, c))));
  return el("p", {}, b.claims.map((claim) => sentence(claim, c)));
}

function sentence(claim, c) {
  return el("span", { class: `claim ${claim.verdict}` }, claim.text,
    claim.verdict === "partly" && el("span", { class: "badge amended" }, c.t("verdict.partly")),
    claim.citations.map((n) => cite(n, c)));
}

function cite(n, c, list = "citations") {
  const found = c.m[list].find((citation) => citation.n === n);
  if (!found) return `[${n}]`;
  const pressed = c.open && c.open.list === list && c.open.n === n;
  return el("button", {
    type: "button", class: "cite", "data-act": "cite", "data-message": c.at, "data-list": list, "data-n": n,
    "aria-pressed": pressed ? "true" : "false", "aria-label": c.t("cite", found), title: `《${found.title}》${found.section}`,
  }, n);
}

function steps(m, t) {
  return el("p", { class: "steps" },
    el("i", { "aria-hidden": "true" }),
    m.steps.map((s, i) => [i > 0 && " → ", el(s.at === "now" ? "b" : "span", { class: s.at }, t(`step.${s.name}`))]),
    m.seconds >= 2 && ` · ${t("working.seconds", m)}`);
}

function ending(m, t) {
  if (m.state === "declined") return el("div", { class: "ending declined" }, el("span", { class: "chip state" }, t("state.declined")), el("p", {}, m.sentence));
  if (m.state === "error") {
    return el("div", { class: "ending error" }, el("span", { class: "chip state" }, t("state.error")), el("p", {}, m.sentence), el("p", { class: "soft" }, t("error.again")));
  }
  if (m.state === "stopped") return el("p", { class: "ending stopped" }, t(m.blocks.length > 0 ? "stopped" : "stopped.nothing"));
  return null;
}

function conflictOf(conflict, c) {
  const { t } = c;
  return el("section", { class: "conflict" },
    el("h3", {}, t("conflict", conflict)),
    el("div", { class: "two" }, conflict.sides.map((side) => el("div", { class: side.prevails ? "wins" : "" },
      side.prevails && el("p", { class: "prevails" }, `✓ ${t("conflict.prevails")}`),
      el("h4", {}, `《${side.title}》`, side.validity && validity(side.validity, t), side.digest && digest(t)),
      side.doc_number && el("p", { class: "soft" }, side.doc_number),
      el("p", {}, side.value, cite(side.n, c))))),
    conflict.rule && el("p", { class: "soft" }, conflict.rule));
}

function withdrawn(m, t) {
  if (m.withdrawn.length === 0) return null;
  return el("details", { class: "withdrawn" },
    el("summary", {}, t("withdrawn", { count: m.withdrawn.length })),
    el("p", {}, t("withdrawn.notice")),
    el("ul", {}, m.withdrawn.map((text) => el("li", {}, el("s", {}, text)))));
}

function nearest(c) {
  return el("section", { class: "nearest" },
    el("h3", {}, c.t("nearest")),
    el("ul", {}, c.m.nearest.map((n) => el("li", {}, `《${n.title}》${n.section}`, cite(n.n, c, "nearest")))));
}

function tools(m, t) {
  const rate = (rating) => el("button", {
    type: "button", "data-act": "rate", "data-rating": rating, "data-message": m.id, "aria-pressed": m.feedback === rating ? "true" : "false",
  }, t(`tool.${rating}`));
  return el("div", { class: "tools" },
    el("button", { type: "button", "data-act": "copy", "data-text": m.copy }, t("tool.copy")),
    m.id && [rate("useful"), rate("problem")],
    m.feedback && el("span", { class: "soft" }, t("tool.rated")));
}

function why(c) {
  const { m, t } = c;
  const w = m.why;
  return el("details", { class: "why" },
    el("summary", {}, t("tool.why")),
    m.state === "answered" && el("p", {}, w.model ? t("why.by_model", w) : t("why.extract")),
    w.reasons.length > 0 && [el("h4", {}, t("why.reasons")), el("ol", {}, w.reasons.map((r) => el("li", {},
      `${t(`verdict.${r.verdict}`)}：${r.reason}`, el("span", { class: "soft" }, ` ${short(r.text)}`), r.citations.map((n) => cite(n, c)))))],
    w.read.length > 0 && [el("h4", {}, t("why.read")), el("ul", { class: "code" }, w.read.map((hit) => el("li", {}, hit)))],
    w.timings.length > 0 && el("p", {}, `${t("why.timings")}：`, w.timings.map(([name, ms]) => `${t(`step.${name}`)} ${ms} ms`).join(" · ")),
    w.tokens.prompt > 0 && el("p", {}, t("why.tokens", w.tokens)));
}

function questions(list) {
  return el("div", { class: "questions" }, list.map((q) => el("button", { type: "button", "data-act": "question", "data-text": q }, q)));
}

function short(text) {
  return text.length > 24 ? `${text.slice(0, 24)}…` : text;
}

/** A state by its form (sign, border) and its name, never by colour alone. */
export function validity(state, t) {
  return el("span", { class: `badge ${state}` }, t(`validity.${state}`));
}

export function digest(t) {
  return el("span", { class: "badge digest" }, t("digest"));
}

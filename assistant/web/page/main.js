// Ties the page together: what the server sends is shown, what the person does is sent. State lives here only.
import { patch } from "./dom.js";
import { past } from "./past.js";
import { source } from "./source.js";
import { thread } from "./thread.js";

const SILENCE = 20000; // ms without a sign of life after which the connection counts as lost
const NARROW = "(max-width: 760px)";

/** Called once by Gradio's component with its element and its ways to Python. */
export function start(element, trigger, props, watch) {
  const at = (selector) => element.querySelector(selector);
  const form = at("form"), box = at("textarea"), day = at("#assistant-as-of");
  const state = {
    page: null, open: null, ticket: "", count: 0, running: false, sure: null, silence: 0,
    language: stored("language") === "en" ? "en" : "zh",
  };

  function t(key, values = {}) {
    const text = props.words[state.language][key] ?? key.slice(key.lastIndexOf(".") + 1);
    return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
  }

  // --- showing ---

  function show() {
    const page = state.page;
    if (!page) return;
    patch(at(".past"), past(page, t, state.sure));
    patch(at(".thread"), thread(page, t, state.open));
    patch(at(".source"), source(page, t, state.open));
    at(".source").classList.toggle("bare", !state.open);
    const holdings = page.library.checked_on ? t("library.checked", page.library) : t("library", page.library);
    at(".holdings").textContent = holdings;
    tell(page.notice);
    controls();
  }

  function words() {
    document.documentElement.lang = state.language === "en" ? "en" : "zh-CN";
    for (const node of element.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
    for (const node of element.querySelectorAll("[data-label]")) node.setAttribute("aria-label", t(node.dataset.label));
    box.placeholder = t(matchMedia(NARROW).matches ? "ask.short" : "ask.placeholder");
    theme();
    show();
  }

  function controls() {
    const longest = state.page?.longest ?? 2000;
    const length = [...box.value.trim()].length;
    const tooLong = length > longest;
    at("#assistant-hint").textContent = tooLong ? t("ask.too_long", { length, longest }) : t("ask.keys", { longest });
    at("#assistant-hint").classList.toggle("bad", tooLong);
    at("[type=submit]").disabled = tooLong;
    at("[type=submit]").hidden = state.running;
    at("[data-act=stop]").hidden = !state.running;
    at("[data-act=as-of]").textContent = day.value ? t("as_of.day", { day: day.value }) : t("as_of.today");
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
  }

  function tell(text) {
    at(".notice").textContent = text;
    at(".notice").hidden = !text;
  }

  function say(text) {
    at(".spoken").textContent = text;
  }

  function theme(chosen) {
    if (chosen) store("theme", chosen);
    const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
    const now = stored("theme") || system;
    document.documentElement.dataset.theme = now;
    at("[data-act=theme]").textContent = t(now === "dark" ? "theme.light" : "theme.dark");
    return now;
  }

  // --- from the server ---

  function receive(page) {
    if (!page || page.ticket !== state.ticket) return; // an answer to something asked for before
    const before = state.page;
    state.page = page;
    const last = page.messages.length - 1;
    const running = page.messages[last]?.state === "working";
    const finished = !running && state.running;
    const opened = !state.running && page.conversation !== before?.conversation;
    state.running = running;
    listen();
    if (opened) at(".thread").replaceChildren();
    const cited = page.messages[last]?.citations.length > 0;
    const begun = cited && (running || finished) && !before?.messages[last]?.citations.length;
    if (opened || begun || (finished && !cited)) settle(page.messages[last], last);
    if (finished && page.messages[last]) announce(page.messages[last]);
    if (page.returned_question && !box.value) box.value = page.returned_question;
    remember(page.conversation);
    show();
    if (page.messages.length > (before?.messages.length ?? 0)) reveal(at(".thread").lastElementChild);
  }

  /** The first source of an answer is opened beside it as soon as there is one. */
  function settle(message, index) {
    const first = message?.citations[0];
    state.open = first ? { message: index, list: "citations", n: first.n } : null;
  }

  function announce(message) {
    say(message.blocks.flatMap((b) => b.claims.map((c) => c.text)).join("") || message.sentence);
  }

  function listen() {
    clearTimeout(state.silence);
    if (state.running) state.silence = setTimeout(lost, SILENCE);
  }

  function lost() {
    const question = state.page?.messages.at(-1)?.state === "working" ? state.page.messages.at(-1).question : state.asked;
    state.running = false;
    state.ticket = ticket(); // whatever still comes is late
    if (!box.value) box.value = question ?? "";
    if (state.page?.messages.at(-1)?.state === "working") state.page = { ...state.page, messages: state.page.messages.slice(0, -1) };
    show();
    tell(t("lost"));
  }

  // --- to the server ---

  function ticket() {
    state.count += 1;
    return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 10)}-${state.count}`;
  }

  function send(event, order = {}) {
    if (state.running) trigger("halt", { ticket: state.ticket });
    state.ticket = ticket();
    state.running = event === "ask";
    trigger(event, { ticket: state.ticket, conversation: state.page?.conversation ?? null, ...order });
    listen();
  }

  function ask(question, order = {}) {
    const text = question.trim();
    if (!text || !state.page || state.running || [...text].length > state.page.longest) {
      box.focus();
      return;
    }
    state.asked = text;
    if (question === box.value) box.value = "";
    tell("");
    send("ask", { question: text, as_of: day.value, ...order });
    say(t("working"));
    controls();
  }

  function busy() {
    if (state.running) tell(t("busy"));
    return state.running;
  }

  // --- what a person does ---

  const acts = {
    cite: (node) => {
      state.open = { message: Number(node.dataset.message), list: node.dataset.list, n: Number(node.dataset.n) };
      show();
      if (matchMedia(NARROW).matches) at(".source").scrollIntoView({ block: "start" });
      if (matchMedia(NARROW).matches) at(".source h2").focus({ preventScroll: true });
      else at(".source mark")?.scrollIntoView({ block: "nearest" });
      say(state.page.messages[state.open.message][state.open.list].find((c) => c.n === state.open.n)?.quote ?? "");
    },
    back: () => {
      const { message, list, n } = state.open;
      const node = at(`.thread [data-act=cite][data-message="${message}"][data-list="${list}"][data-n="${n}"]`);
      node?.scrollIntoView({ block: "center" });
      node?.focus({ preventScroll: true });
    },
    question: (node) => ask(node.dataset.text),
    widen: (node) => {
      if (busy()) return;
      const { question, as_of, unread } = state.page.messages[Number(node.dataset.message)];
      ask(question, { as_of: as_of ?? "", unread: [...unread, node.dataset.name] });
    },
    stop: () => trigger("halt", { ticket: state.ticket }),
    new: () => { history(false); state.open = null; send("open", { conversation: null }); box.focus(); },
    open: (node) => { history(false); state.open = null; send("open", { conversation: node.dataset.id }); },
    remove: (node) => {
      if (busy()) return;
      if (state.sure === node.dataset.id) send("remove", { message: node.dataset.id });
      state.sure = state.sure === node.dataset.id ? null : node.dataset.id;
      show();
    },
    rate: (node) => {
      if (!busy()) send("rate", { message: node.dataset.message, rating: node.dataset.rating });
    },
    copy: async (node) => {
      const done = await copied(node.dataset.text);
      say(t(done ? "tool.copied" : "tool.copy_failed"));
      node.textContent = t(done ? "tool.copied" : "tool.copy_failed");
      setTimeout(show, 1600);
    },
    theme: () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
    language: () => { state.language = state.language === "en" ? "zh" : "en"; store("language", state.language); words(); },
    history: () => history(!at(".past").classList.contains("shown")),
    "as-of": (node) => {
      const hidden = at(".day").hidden;
      at(".day").hidden = !hidden;
      node.setAttribute("aria-expanded", String(hidden));
      if (hidden) day.focus();
    },
    "as-of-clear": () => { day.value = ""; at(".day").hidden = true; controls(); at("[data-act=as-of]").focus(); },
  };

  /** The drawer of past conversations, where the window is too narrow for a column of them. */
  function history(shown) {
    at(".past").classList.toggle("shown", shown);
    at("[data-act=history]").setAttribute("aria-expanded", String(shown));
  }

  element.addEventListener("click", (event) => {
    const node = event.target.closest("[data-act]");
    if (node) acts[node.dataset.act](node);
    if (!event.target.closest(".past, [data-act=history]")) history(false);
  });
  element.addEventListener("keydown", (event) => {
    if (event.key === "Escape") history(false);
    if (event.target !== box || event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229) return; // Enter that picks characters in an input method
    event.preventDefault();
    ask(box.value);
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); ask(box.value); });
  box.addEventListener("input", controls);
  day.addEventListener("input", controls);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => theme());
  watch("value", () => receive(props.value));
  words();
  resume();

  function resume() {
    const wanted = location.hash.match(/^#c=([\w-]+)$/)?.[1];
    if (wanted) send("open", { conversation: wanted });
    else if (props.value) receive(props.value);
  }

  function reveal(node) {
    node?.scrollIntoView({ block: "start" });
  }
}

function remember(conversation) {
  const hash = conversation ? `#c=${conversation}` : location.pathname + location.search;
  if (location.hash !== (conversation ? hash : "")) window.history.replaceState(null, "", hash);
}

function store(name, value) {
  try { localStorage.setItem(`assistant.${name}`, value); } catch { /* private windows may refuse: the choice then lasts as long as the page */ }
}

function stored(name) {
  try { return localStorage.getItem(`assistant.${name}`); } catch { return null; }
}

/** Copies text; pages on plain http have no clipboard of their own, there the old way is used. */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.style.position = "fixed";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

// Lights the passages of a chosen line and steps through them; from a passage, lists the lines that rest on it.
// Without this script every mark is a plain link to its passage.
(() => {
  "use strict";
  const id = (name) => document.getElementById(name);
  const bar = id("bar"), where = id("where");
  let line = null, passages = [], at = 0;

  // "2-7-9": pieces 7 to 9 of report 2.
  const pieces = (token) => {
    const [report, first, last = first] = token.split("-").map(Number);
    const found = [];
    for (let i = first; i <= last; i++) {
      const piece = id(`r${report}-${i}`);
      if (piece) found.push(piece);
    }
    return found;
  };
  const tokens = (record) => (record.dataset.p || "").split(" ").filter(Boolean);
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const show = (element) => {
    for (let fold = element.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    element.scrollIntoView({ block: "center", inline: "nearest", behavior: still ? "auto" : "smooth" });
  };

  const clear = () => {
    passages.flat().forEach((piece) => piece.classList.remove("lit", "now"));
    if (line) line.classList.remove("chosen");
    line = null;
    passages = [];
    bar.hidden = true;
    document.body.classList.remove("reading");
  };
  const go = (to) => {
    passages[at].forEach((piece) => piece.classList.remove("now"));
    at = (to + passages.length) % passages.length;
    passages[at].forEach((piece) => piece.classList.add("now"));
    const report = passages[at][0].closest(".report").querySelector("h3").textContent;
    where.textContent = `${at + 1} of ${passages.length} · ${report}`;
    show(passages[at][0]);
  };
  const choose = (record, anchor) => {
    const found = tokens(record).map(pieces).filter((run) => run.length);
    if (!found.length) return false;
    clear();
    line = record;
    passages = found;
    at = 0;
    line.classList.add("chosen");
    passages.flat().forEach((piece) => piece.classList.add("lit"));
    const start = passages.findIndex((run) => run.some((piece) => piece.id === anchor));
    controls(true);
    bar.hidden = false;
    document.body.classList.add("reading");
    go(Math.max(start, 0));
    return true;
  };
  const controls = (on) => ["prev", "next", "back"].forEach((name) => (id(name).hidden = !on));

  // Which lines rest on a piece; made when first asked for.
  let index = null;
  const resting = (piece) => {
    if (!index) {
      index = new Map();
      document.querySelectorAll("[data-p][id]").forEach((record) =>
        tokens(record).flatMap(pieces).forEach((p) => {
          if (!index.has(p.id)) index.set(p.id, new Set());
          index.get(p.id).add(record);
        }));
    }
    return [...(index.get(piece.id) || [])];
  };
  const list = (piece) => {
    clear();
    passages = [[piece]];
    piece.classList.add("lit", "now");
    const records = resting(piece);
    where.textContent = records.length ? "" : "cited in the lineage";
    records.slice(0, 8).forEach((record) => {
      const link = document.createElement("a");
      link.href = `#${record.id}`;
      const words = record.cells ? [...record.cells].map((cell) => cell.textContent).join(" · ") : record.textContent;
      link.textContent = words.trim().replace(/\s+/g, " ").slice(0, 90);
      where.append(link);
    });
    controls(false);
    bar.hidden = false;
  };

  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
    const mark = event.target.closest("mark[id]");
    if (mark) return list(mark);
    const link = event.target.closest("a[href^='#']");
    const href = link && link.getAttribute("href").slice(1);
    if (link && link.closest("#where")) {
      event.preventDefault();
      const record = id(href);
      choose(record);
      return show(record);
    }
    const record = event.target.closest("[data-p]");
    const toPassage = !link || link === record || /^r\d+-\d+$/.test(href);
    if (record && toPassage && !event.target.closest("summary") && choose(record, href)) event.preventDefault();
    else if (link && id(href)) show(id(href));
  });
  document.addEventListener("keydown", (event) => event.key === "Escape" && clear());
  id("prev").addEventListener("click", () => go(at - 1));
  id("next").addEventListener("click", () => go(at + 1));
  id("back").addEventListener("click", () => line && (show(line), (line.querySelector("a") || line).focus({ preventScroll: true })));
  id("close").addEventListener("click", clear);
  addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((fold) => (fold.open = true)));
})();

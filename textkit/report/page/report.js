"use strict";
(() => {
  const form = document.getElementById("filter");
  const all = [...document.querySelectorAll(".art,.entry")];
  const unfold = (el) => {
    for (let up = el; up; up = up.parentElement) {
      if (up.tagName === "DETAILS") up.open = true;
      if (up.matches(".art,.entry")) up.hidden = false;
    }
  };
  const follow = () => {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    unfold(target);
    if (target.classList.contains("art")) target.querySelector("details.text")?.setAttribute("open", "");
    const inside = target.matches("mark,.body span");
    target.scrollIntoView({ block: inside ? "center" : "start" });
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  };
  addEventListener("hashchange", follow);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.('a[href^="#"]');
    if (link && link.hash === location.hash) follow();
  });
  follow();
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details.text:not([open])")];
    for (const part of closed) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of closed) part.open = false;
  });
  if (!form) return;
  form.hidden = false;
  const said = form.querySelector("output");
  const has = (el, name, value) => !value || ` ${el.dataset[name] || ""} `.includes(` ${value} `);
  const value = (name) => form.elements[name]?.value || "";
  let hits = [], at = -1;
  const ranges = (part, wanted) => {
    const nodes = [], starts = [], found = [];
    let text = "";
    const walk = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      nodes.push(node);
      starts.push(text.length);
      const low = node.data.toLowerCase();
      text += low.length === node.data.length ? low : node.data;
    }
    const place = (offset, end) => {
      let low = 0, high = starts.length - 1;
      while (low < high) {
        const mid = (low + high + 1) >> 1;
        if (end ? starts[mid] < offset : starts[mid] <= offset) low = mid; else high = mid - 1;
      }
      return [nodes[low], offset - starts[low]];
    };
    for (let i = text.indexOf(wanted); i >= 0 && found.length < 500; i = text.indexOf(wanted, i + wanted.length)) {
      const range = new Range();
      range.setStart(...place(i, false));
      range.setEnd(...place(i + wanted.length, true));
      found.push(range);
    }
    return found;
  };
  const paint = (name, list) => {
    if (!CSS.highlights) return;
    if (list.length) CSS.highlights.set(name, new Highlight(...list)); else CSS.highlights.delete(name);
  };
  const apply = () => {
    const wanted = value("q").toLowerCase().trim();
    hits = [];
    at = -1;
    let shown = 0;
    for (const part of all) {
      let fits = has(part, "lang", value("lang")) && has(part, "story", value("story")) && has(part, "warn", value("warn"));
      if (fits && wanted) {
        const found = ranges(part, wanted);
        fits = found.length > 0;
        hits.push(...found);
      }
      part.hidden = !fits;
      shown += fits;
    }
    paint("find", hits);
    paint("here", []);
    said.value = `${shown} of ${all.length} articles` + (wanted ? `, ${hits.length} places` : "");
  };
  const step = (by) => {
    if (!hits.length) return;
    at = (at + by + hits.length) % hits.length;
    const parent = hits[at].startContainer.parentElement;
    unfold(parent);
    paint("here", [hits[at]]);
    parent.scrollIntoView({ block: "center" });
    said.value = `${at + 1} of ${hits.length} places`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    step(1);
  });
  form.addEventListener("click", (event) => {
    const act = event.target.dataset?.act;
    if (act === "back") step(-1);
    if (act === "fold") {
      const texts = all.map((part) => part.querySelector("details.text")).filter(Boolean);
      const open = texts.some((text) => !text.open);
      for (const text of texts) text.open = open;
    }
    if (act === "reset") {
      form.reset();
      apply();
    }
  });
  said.value = `${all.length} articles`;
})();

// A whole front end for the public API of Gương sáng Đất Tổ, in one file and without a library.
// An address of the site is the part after "#": index.html#/phu-nu-dat-to/chi-lan/
// What the API answers is text, but for `body.html` and `highlight`, which it promises to be safe.
"use strict";

const API = document.documentElement.dataset.api;
const $ = (id) => document.getElementById(id);
const main = $("noi-dung");
const FACETS = { group: "Nhóm đối tượng", kind: "Loại điển hình", content: "Nội dung thi đua", year: "Năm", unit: "Đơn vị" };
const MOST_VALUES = 8;
const PREVIEW = "/xem-truoc/";
let asking = new AbortController();
let menu = null;
let moved = false; // whether the reader went on from the page that came first

/** An element: el("a", {href: "#/"}, "Trang chủ", otherElement). Texts never become HTML. */
function el(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child != null && child !== ""));
  return made;
}

/** The API's safe HTML as an element; links to the site's own pages stay within this front end. */
function safe(name, html, attributes = {}) {
  const made = el(name, attributes);
  made.innerHTML = html;
  for (const link of made.querySelectorAll("a[href]")) {
    if (link.href.startsWith(new URL(API).origin)) link.href = here(link.href);
  }
  return made;
}

const here = (url) => `#${new URL(url, API).pathname}`;
const day = (iso) => (iso ? iso.split("-").reverse().join("/") : "");
const moment = (iso) => new Date(iso).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });

/** The answer as JSON. Raises the API's problem document (RFC 9457) as it is. */
async function ask(path, parameters = {}) {
  const url = new URL(path, API);
  for (const [key, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) if (one !== "" && one != null) url.searchParams.append(key, one);
  }
  // As few headers as can be: so the browser needn't ask for leave first.
  const answer = await fetch(url, { signal: asking.signal, credentials: "omit" });
  const document = await answer.json();
  if (!answer.ok) throw document;
  return document;
}

// Parts

function image(picture, sizes) {
  if (!picture) return null;
  const web = picture.renditions.filter((one) => /^w\d/.test(one.name));
  const plain = picture.renditions.find((one) => one.name === "jpeg720") || web[0];
  if (!plain) return null;
  const avif = picture.renditions.filter((one) => /^avif\d/.test(one.name));
  const sources = [avif, web].filter((kind) => kind.length).map((kind) =>
    el("source", { type: kind[0].mimetype, sizes, srcset: kind.map((one) => `${one.url} ${one.width}w`).join(", ") }));
  const img = el("img", { src: plain.url, width: plain.width, height: plain.height, alt: picture.alt || picture.title, loading: "lazy" });
  return el("picture", {}, ...sources, img);
}

function figure(picture) {
  const legend = [picture.caption, picture.credit].filter(Boolean).join(" ");
  return el("figure", {}, image(picture, "(min-width: 46rem) 44rem, 100vw"), legend && el("figcaption", {}, legend));
}

/** What a list shows of an item, whichever operation it came from; `level` is its heading's. */
function card({ url, title, lead, date, unit, picture, highlight }, level) {
  const place = typeof unit === "string" ? unit : unit?.name;
  return el("li", { class: "card" },
    image(picture && { ...picture, alt: "", title: "" }, "(min-width: 40rem) 20rem, 92vw"),
    el(level, {}, el("a", { href: here(url) }, title)),
    el("p", { class: "meta" }, [place, day(date)].filter(Boolean).join(" · ")),
    highlight ? safe("p", highlight) : lead && el("p", {}, lead));
}

const cards = (items, level) => el("ul", { class: "cards" }, items.map((one) => card(one, level)));

/** /stories/ and /exemplars/ give payloads as the ledger has them. */
function ofPayload(payload) {
  const shot = payload.pictures.find((one) => one.uuid === payload.lead_picture) || payload.pictures[0];
  const renditions = shot?.renditions.map((one) => ({ ...one, url: one.href }));
  return { ...payload, url: payload.href, picture: shot && { ...shot, renditions } };
}

function links(part) {
  return el("ul", {}, part.items.map((one) =>
    el("li", {}, el("a", { href: one.path.endsWith("/") ? `#${one.path}` : one.url }, one.title))));
}

// Pages

const heading = (title) => el("h1", { tabindex: "-1" }, title);

/** Put the page up; its heading is among the parts. Whoever followed a link is led to it. */
function show(title, ...parts) {
  main.replaceChildren(...parts.flat().filter(Boolean));
  document.title = `${title} · Gương sáng Đất Tổ`;
  $("tin").textContent = title;
  if (!moved || document.activeElement === $("q")) return; // who is typing is left alone
  main.querySelector("h1").focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function describe(seo) {
  document.querySelector("meta[name=description]").content = seo?.description || "";
  document.querySelector("meta[name=robots]").content = seo?.robots || "noindex";
}

async function list(page, route, size) {
  const holder = el("ul", { class: "cards" });
  const more = el("button", { type: "button", hidden: true }, "Xem thêm");
  const fill = async (cursor) => {
    const got = await ask(route, { limit: size, cursor });
    const first = holder.children.length;
    holder.append(...got.items.map((one) => card(ofPayload(one), "h2")));
    more.hidden = !got.next;
    more.onclick = () => fill(got.next).then(() => holder.children[first + size]?.querySelector("a").focus(), failed);
  };
  await fill("");
  if (!holder.children.length) holder.append(el("li", {}, "Chưa có bài nào."));
  show(page.title, heading(page.title), page.lead && el("p", { class: "lead" }, page.lead), holder, more);
}

function article(page, found) {
  const told = new Set([...page.exemplars, ...page.stories].map((one) => one.uuid));
  const related = found.filter((one) => !told.has(one.uuid));
  const crumbs = page.breadcrumbs.flatMap((one) => [el("a", { href: `#${one.path}` }, one.title), " › "]);
  const lead = page.pictures.find((one) => one.uuid === page.lead_picture);
  const facts = [page.role, page.unit?.name, page.byline, day(page.date)].filter(Boolean).join(" · ");
  const awards = page.awards.map((one) => el("li", {}, `${one.title} (${one.year})`));
  show(page.title,
    el("article", { class: "article" },
      page.preview && el("p", { class: "note" }, el("strong", {}, "Bản xem trước: "), `chưa được duyệt và đăng, xin đừng chuyển tiếp. Xem được đến ${moment(page.preview.expires_at)}.`),
      el("nav", { class: "trail", "aria-label": "Vị trí trang" }, crumbs.slice(0, -1)),
      heading(page.title),
      el("p", { class: "meta" }, facts),
      page.lead && el("p", { class: "lead" }, page.lead),
      page.correction && el("p", { class: "note" }, el("strong", {}, "Đính chính: "), page.correction),
      lead && figure(lead),
      safe("div", page.body.html),
      awards.length ? [el("h2", {}, "Khen thưởng"), el("ul", {}, awards)] : null),
    page.exemplars.length ? [el("h2", {}, "Điển hình trong bài"), cards(page.exemplars, "h3")] : null,
    page.stories.length ? [el("h2", {}, "Bài viết liên quan"), cards(page.stories, "h3")] : null,
    related.length ? [el("h2", {}, "Mời đọc tiếp"), cards(related, "h3")] : null);
}

async function search(parameters) {
  const chosen = Object.fromEntries(Object.keys(FACETS).map((name) => [name, parameters.getAll(name)]));
  const q = parameters.get("q") || "";
  if (document.activeElement !== $("q")) $("q").value = q;
  const found = await ask("search/", { q, ...chosen, limit: 20, cursor: parameters.get("cursor") });
  const said = found.count ? `Có ${found.count} bài.` : "Chưa thấy bài nào. Mời thử từ khác, hoặc bỏ bớt mục lọc.";
  const wide = window.matchMedia("(min-width: 48rem)").matches;
  const groups = Object.entries(FACETS).filter(([name]) => found.facets[name]?.length).map(([name, title]) => {
    const values = found.facets[name].filter((one, at) => at < MOST_VALUES || chosen[name].includes(one.value));
    return el("details", { class: "facet", open: wide || chosen[name].length > 0 }, el("summary", {}, title), values.map((one) => {
      const box = el("input", { type: "checkbox", name, value: one.value, id: `${name}-${one.value}`, checked: chosen[name].includes(one.value), change: choose });
      return el("label", {}, box, one.label, el("span", {}, one.count));
    }));
  });
  const picked = Object.values(chosen).some((values) => values.length);
  const next = new URLSearchParams(parameters);
  next.set("cursor", found.next);
  const typing = document.activeElement === $("q");
  const focused = document.activeElement?.id;
  show("Kho lưu trữ", heading("Kho lưu trữ"),
    el("p", {}, said, found.suggestion && [" Có phải ý bạn là ", el("a", { href: `#/luu-tru/?q=${encodeURIComponent(found.suggestion)}` }, found.suggestion), "?"]),
    el("div", { class: "search" },
      el("details", { open: wide || picked }, el("summary", {}, "Lọc kết quả"),
        el("form", { "aria-label": "Lọc kết quả", submit: (event) => event.preventDefault() }, groups)),
      el("div", {}, cards(found.items, "h2"), found.next && el("p", {}, el("a", { href: `#/luu-tru/?${next}` }, "Xem tiếp")))));
  $("tin").textContent = said;
  if (!typing && focused && focused !== "q") $(focused)?.focus();
}

/** What the archive can be narrowed by, as links into it. */
async function choices(page, names) {
  const { facets } = await ask("search/", { limit: 1 });
  show(page.title, heading(page.title), el("p", {}, page.lead), names.filter((name) => facets[name]?.length).flatMap((name) => [
    el("h2", {}, FACETS[name]),
    el("ul", {}, facets[name].map((one) => el("li", {}, el("a", { href: `#/luu-tru/?${new URLSearchParams({ [name]: one.value })}` }, one.label), ` (${one.count})`))),
  ]));
}

/** A box was ticked: the address tells what is chosen, so it can be shared and gone back from. */
function choose(event) {
  const { parameters } = address();
  const { name, value, checked } = event.target;
  const kept = parameters.getAll(name).filter((one) => one !== value);
  parameters.delete(name);
  parameters.delete("cursor");
  for (const one of checked ? [...kept, value] : kept) parameters.append(name, one);
  go(`/luu-tru/?${parameters}`, true);
}

function failed(problem) {
  if (problem.name === "AbortError") return;
  if (!problem.status) console.error(problem);
  describe(null);
  const again = el("p", {}, el("button", { type: "button", click: () => route() }, "Thử lại"));
  const home = el("p", {}, el("a", { href: "#/" }, "Về trang chủ"), " · ", el("a", { href: "#/luu-tru/" }, "Tìm trong kho lưu trữ"));
  if (!problem.status) show("Không kết nối được", heading("Không kết nối được"), el("p", {}, "Không đọc được dữ liệu từ máy chủ. Mời kiểm tra mạng rồi thử lại."), again);
  else if (problem.status === 404) show("Không tìm thấy trang", heading("Không tìm thấy trang"), el("p", {}, problem.detail), home);
  else if (problem.status === 410 || problem.status === 403) show(problem.title, heading(problem.title), el("p", {}, problem.detail), home);
  else show("Có lỗi", heading("Có lỗi"), el("p", {}, problem.detail || problem.title), again, home);
}

// Ways

function address() {
  const text = location.hash.slice(1);
  const { pathname, searchParams } = new URL(text.startsWith("/") ? text : "/", API);
  return { path: pathname, parameters: searchParams };
}

function go(to, replace = false) {
  history[replace ? "replaceState" : "pushState"](null, "", `#${to}`);
  route();
}

async function route() {
  asking.abort();
  asking = new AbortController();
  const { path, parameters } = address();
  if (path !== "/luu-tru/" && document.activeElement !== $("q")) $("q").value = "";
  try {
    if (!menu) await menus();
    mark(path);
    if (path === PREVIEW) return await preview();
    if (path === "/luu-tru/") return await search(parameters);
    const page = await ask("pages/", { path });
    if (page.redirect_to) return go(page.redirect_to, true);
    describe(page.seo);
    if (page.type === "home") await list({ ...page, title: "Mới đăng" }, "stories/", 12);
    else if (page.type === "column") await list(page, "stories/", 20);
    else if (page.type === "exemplars") await list(page, "exemplars/", 20);
    else if (page.type === "units") await choices(page, ["unit"]);
    else if (page.type === "subjects") await choices(page, ["content", "group", "kind"]);
    else if (page.type === "press_room" || page.type === "about") show(page.title, heading(page.title), el("p", {}, page.lead), el("p", {}, el("a", { href: page.url }, "Mở trên trang của Hội")));
    else article(page, (await ask("pages/related/", { path, limit: 6 })).items);
  } catch (problem) {
    failed(problem);
  } finally {
    if (!asking.signal.aborted) moved = true;
  }
}

async function menus() {
  menu = await ask("menus/");
  $("ten").textContent = menu.site_name;
  $("thuc-don").replaceChildren(links(menu.main));
  const parts = menu.footer.map((part) => el("nav", { "aria-label": part.title }, links(part)));
  $("cuoi").replaceChildren(el("p", {}, menu.about), el("div", { class: "menus" }, parts));
}

/** Where we are, for the menu: "page" on the page itself, "true" below it. */
function mark(path) {
  for (const link of document.querySelectorAll("#thuc-don a")) {
    const at = link.getAttribute("href").slice(1);
    const current = at === path ? "page" : at !== "/" && path.startsWith(at) ? "true" : null;
    if (current) link.setAttribute("aria-current", current);
    else link.removeAttribute("aria-current");
  }
}

/** The token leaves the address at once, so that it isn't shared or logged; a reload still knows. */
async function preview() {
  const token = history.state?.token;
  if (!token) throw { status: 403, title: "Không xem trước được", detail: "Xin mở lại đúng liên kết đã nhận." };
  const page = await ask("preview/", { token });
  describe(page.seo);
  article(page, []);
}

let typed = 0;
$("q").addEventListener("input", () => {
  clearTimeout(typed);
  typed = setTimeout(() => go(`/luu-tru/?q=${encodeURIComponent($("q").value)}`, address().path === "/luu-tru/"), 250);
});
$("tim").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(typed);
  go(`/luu-tru/?q=${encodeURIComponent($("q").value)}`, address().path === "/luu-tru/");
});
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
window.addEventListener("popstate", route);

const token = new URLSearchParams(location.search).get("token");
if (token) history.replaceState({ token }, "", `${location.pathname}#${PREVIEW}`);
route();

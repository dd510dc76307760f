// Lấy tin của Gương sáng Đất Tổ (Node.js 18 trở lên, không cần thư viện nào).
// Cho chạy mỗi phút (cron: node pull.mjs); chạy lại lúc nào cũng được. Biến môi trường:
//   GUONG_SANG_URL     địa chỉ trang, ví dụ https://phunu.example.vn
//   GUONG_SANG_KEY     khóa báo chí
//   GUONG_SANG_FOLDER  nơi cất: items/MÃ.json là bản mới nhất của từng mục, pictures/MÃ.jpg là ảnh in
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";

const { GUONG_SANG_URL, GUONG_SANG_KEY, GUONG_SANG_FOLDER: folder = "guong-sang" } = process.env;
const api = `${GUONG_SANG_URL}/api/v1/press`;
const BUSY = [429, 500, 502, 503, 504];
const GONE = [403, 404, 410];

/** Trả về {status, body}. Máy chủ bận thì chờ rồi hỏi lại; mất mạng thì báo lỗi. */
async function ask(url, data) {
  for (let attempt = 0; ; attempt++) {
    const answer = await fetch(url, {
      method: data ? "POST" : "GET",
      headers: { "X-API-Key": GUONG_SANG_KEY, "Content-Type": "application/json" },
      body: data && JSON.stringify(data),
      signal: AbortSignal.timeout(60_000),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (!BUSY.includes(answer.status) || attempt === 4) return { status: answer.status, body };
    await wait(1000 * Number(answer.headers.get("Retry-After") ?? 2 ** attempt));
  }
}

/** Nội dung của câu trả lời; dừng hẳn khi không được, lần chạy sau tiếp tục từ chỗ này. */
function must({ status, body }) {
  if (status !== 200) throw new Error(`Không lấy được tin: HTTP ${status} ${body}`);
  return body;
}

/** Ghi trọn tệp mới rồi mới đổi tên: đứt giữa chừng thì tệp cũ vẫn nguyên. */
function save(path, content) {
  writeFileSync(`${path}.new`, content);
  renameSync(`${path}.new`, path);
}

/** Phiên bản đang giữ; 0 khi chưa có. */
function version(uuid) {
  const path = `${folder}/items/${uuid}.json`;
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).version : 0;
}

async function store(item) {
  if (version(item.uuid) > item.version) return; // đã giữ bản mới hơn (khi đọc lại từ đầu)
  const picture = `${folder}/pictures/${item.uuid}.jpg`;
  if (item.pubstatus !== "usable") rmSync(picture, { force: true }); // thu hồi, tạm gỡ: chỉ còn lời báo
  for (const rendition of item.renditions ?? []) {
    if (rendition.name !== "press") continue;
    const answer = await ask(rendition.href);
    // Ảnh vừa bị thu hồi: lời báo nằm ở trang sau.
    if (!GONE.includes(answer.status)) save(picture, must(answer));
  }
  save(`${folder}/items/${item.uuid}.json`, JSON.stringify(item));
}

async function pull() {
  for (;;) {
    const after = existsSync(`${folder}/cursor`) ? readFileSync(`${folder}/cursor`, "utf8") : "";
    const answer = await ask(`${api}/feed/?${new URLSearchParams({ after })}`);
    if (answer.status === 410) {
      rmSync(`${folder}/cursor`); // con trỏ quá cũ: đọc lại từ đầu
      continue;
    }
    const page = JSON.parse(must(answer));
    for (const item of page.items) await store(item);
    save(`${folder}/cursor`, page.next); // sau khi đã cất xong cả trang
    if (page.next === after) return;
  }
}

/** Xác nhận những đính chính, thu hồi đã làm theo (đã lên trang của mình thì gỡ ở đó trước). */
async function confirm() {
  const asked = JSON.parse(must(await ask(`${api}/confirmations/`))).items;
  const done = asked.filter((one) => version(one.uuid) >= one.version);
  const items = done.slice(0, 100).map(({ uuid, version }) => ({ uuid, version }));
  if (items.length) must(await ask(`${api}/confirmations/`, { items }));
}

mkdirSync(`${folder}/items`, { recursive: true });
mkdirSync(`${folder}/pictures`, { recursive: true });
await pull();
await confirm();

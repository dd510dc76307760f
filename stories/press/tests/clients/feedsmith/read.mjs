// Reads a feed on standard input with feedsmith (`atom`, `rss` or `json`): entries as a newsroom's
// program would keep them, as JSON: [{id, title, lead, content, date, pictures}, …].
import { readFileSync } from "node:fs";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";

const text = readFileSync(0, "utf8");
const read = {
  atom: () =>
    parseAtomFeed(text).entries.map((entry) => ({
      id: entry.id,
      title: entry.title.value,
      lead: entry.summary?.value ?? "",
      content: entry.content.value,
      date: entry.updated,
      pictures: entry.links.filter((link) => link.rel === "enclosure").map((link) => link.href),
    })),
  rss: () =>
    parseRssFeed(text).items.map((item) => ({
      id: item.guid.value,
      title: item.title,
      lead: item.description ?? "",
      content: item.content.encoded,
      date: new Date(item.pubDate).toISOString(),
      pictures: [
        ...(item.enclosures ?? []).map((one) => one.url),
        ...(item.media?.contents ?? []).map((one) => one.url),
      ],
    })),
  json: () =>
    parseJsonFeed(text).items.map((item) => ({
      id: item.id,
      title: item.title,
      lead: item.summary ?? "",
      content: item.content_html,
      date: item.date_modified,
      pictures: [...(item.image ? [item.image] : []), ...(item.attachments ?? []).map((one) => one.url)],
    })),
};
process.stdout.write(JSON.stringify(read[process.argv[2]]()));

// What is in the files that were downloaded.

import { inflateRawSync } from "node:zlib";

const END = 0x06054b50;

// The parts of a .docx by name, as text: by the directory at its end (APPNOTE 4.3.12).
export function entries(zip) {
  const parts = {};
  let end = zip.length - 22;
  while (zip.readUInt32LE(end) !== END) end -= 1;
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((place) => zip.readUInt16LE(at + place));
    const header = zip.readUInt32LE(at + 42);
    const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
    const data = zip.subarray(start, start + size);
    parts[zip.toString("utf8", at + 46, at + 46 + name)] = (method ? inflateRawSync(data) : data).toString("utf8");
    at += 46 + name + extra + comment;
  }
  return parts;
}

const SIGNS = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#34;": '"', "&#39;": "'", "&amp;": "&" };

// The text of markup.
export const words = (markup) =>
  markup.replace(/<[^>]+>/g, "").replace(/&(lt|gt|quot|amp|#34|#39);/g, (sign) => SIGNS[sign]).replace(/\s+/g, " ");

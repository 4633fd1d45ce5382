// elf.mjs: what the image's builder asks of 64-bit ELF files: for which machine, which loader, which libraries; and the
// file without what only debuggers and linkers read. By hand, so that a program for another machine needs no binutils.

const MACHINES = { 62: 'x64', 183: 'arm64' };
const [PT_LOAD, PT_DYNAMIC, PT_INTERP] = [1, 2, 3];
const [DT_NULL, DT_NEEDED, DT_STRTAB] = [0, 1, 5];
const HEADER_BYTES = 64;

/** Reads the parts of the header that are used here. Throws for a file that isn't a 64-bit little-endian ELF. */
function segmentsOf(file) {
  const is64Little =
    file.length > HEADER_BYTES && file.readUInt32BE(0) === 0x7f454c46 && file.readUInt16BE(4) === 0x0201;
  if (!is64Little) throw new Error('not a 64-bit ELF file');
  const [at, size, count] = [Number(file.readBigUInt64LE(32)), file.readUInt16LE(54), file.readUInt16LE(56)];
  const segments = Array.from({ length: count }, (_, index) => {
    const from = at + index * size;
    const number = (offset) => Number(file.readBigUInt64LE(from + offset));
    return { type: file.readUInt32LE(from), offset: number(8), address: number(16), bytes: number(32) };
  });
  return { segments, tableEnd: at + size * count };
}

const textAt = (file, offset) => file.toString('latin1', offset, file.indexOf(0, offset));

/** Machine (`x64`, `arm64`), loader (undefined in a library) and names of the libraries that the file is linked to. */
export function readElf(file) {
  const { segments } = segmentsOf(file);
  const interpreter = segments.find(({ type }) => type === PT_INTERP);
  return {
    machine: MACHINES[file.readUInt16LE(18)],
    loader: interpreter && textAt(file, interpreter.offset),
    needed: neededLibraries(file, segments),
  };
}

function neededLibraries(file, segments) {
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
  if (dynamic === undefined) return [];
  const names = [];
  let strings = 0;
  for (let at = dynamic.offset; at < dynamic.offset + dynamic.bytes; at += 16) {
    const [tag, value] = [Number(file.readBigInt64LE(at)), Number(file.readBigUInt64LE(at + 8))];
    if (tag === DT_NULL) break;
    if (tag === DT_NEEDED) names.push(value);
    if (tag === DT_STRTAB) strings = offsetOf(value, segments);
  }
  return names.map((name) => textAt(file, strings + name));
}

function offsetOf(address, segments) {
  const holds = ({ type, address: from, bytes }) => type === PT_LOAD && address >= from && address < from + bytes;
  const segment = segments.find(holds);
  if (segment === undefined) throw new Error('an ELF file whose string table is nowhere');
  return segment.offset + address - segment.address;
}

/** The file as the kernel and the loader see it: symbols, debug information and the table of sections are left out. */
export function strippedElf(file) {
  const { segments, tableEnd } = segmentsOf(file);
  const end = Math.max(tableEnd, ...segments.map(({ offset, bytes }) => offset + bytes));
  const stripped = Buffer.from(file.subarray(0, end));
  stripped.writeBigUInt64LE(0n, 40);
  stripped.fill(0, 58, HEADER_BYTES);
  return stripped;
}

// Offsets to lines and columns. The starts of lines are found once, so that a place costs a binary search.

interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line and column of an offset. */
export type PositionOf = (offset: number) => Position;

/** A function from offset (UTF-16 code units) to line and column, both from 1. Lines end with LF, CRLF or CR. */
export function lineTable(text: string): PositionOf {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}

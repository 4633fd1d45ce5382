// The three values of a test: false, undecided, true (docs/evaluation.md, TRI-1..2). As numbers, so that `and` is the
// minimum, `or` the maximum and `not` is `TRUE - value`.

export type Tri = 0 | 1 | 2;
export const FALSE = 0;
export const UNDECIDED = 1;
export const TRUE = 2;

export function tri(value: boolean): Tri {
  return value ? TRUE : FALSE;
}

export function not(value: Tri): Tri {
  return (TRUE - value) as Tri;
}

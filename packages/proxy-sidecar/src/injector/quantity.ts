// quantity.ts: amounts of CPU and memory as Kubernetes writes them.

/** `50m`, `0.5`, `128Mi`, `1e3`. */
export function isQuantity(text: string): boolean {
  return /^(?:\d{1,18}(?:\.\d{0,9})?|\.\d{1,9})(?:[numkMGTPE]|[KMGTPE]i|[eE][+-]?\d{1,3})?$/.test(text);
}

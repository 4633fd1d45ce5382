// dispatcher.ts — the undici in Node and the undici in `node_modules` may speak different versions of the dispatcher
// interface. A dispatcher of undici 8 that is handed to the `fetch` of a Node with undici 7 is wrapped here; nothing else is.

const wrappers = new WeakMap<object, unknown>();

/** The dispatcher as the platform's own `fetch` takes it. Loads undici only when a dispatcher was given. */
export async function forGlobalFetch(dispatcher: object): Promise<unknown> {
  const version = (globalThis as { process?: { versions?: { undici?: string } } }).process?.versions?.undici;
  if (version === undefined || Number.parseInt(version, 10) >= 8) return dispatcher;
  const { Dispatcher1Wrapper } = await import('undici');
  if (!wrappers.has(dispatcher)) wrappers.set(dispatcher, new Dispatcher1Wrapper(dispatcher as never));
  return wrappers.get(dispatcher);
}

// quotes-stable.mjs: the function that most requests go to. It takes Lattice's event V1: path and query are in one, and who
// calls is in a header.
export async function handler(event) {
  const [path] = event.raw_path.split('?');
  const caller = /Principal=([^;]+)/.exec(event.headers['x-amzn-lattice-identity'] ?? '')?.[1] ?? 'anonymous';
  const item = event.query_string_parameters.item ?? 'coffee';
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ function: 'stable', event: 'V1', caller, path, item, price: 4 }),
  };
}

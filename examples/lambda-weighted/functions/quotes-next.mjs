// quotes-next.mjs: its successor, which one request in ten goes to. It takes Lattice's event V2: headers and query are
// lists, and who calls is in the request's context.
export async function handler(event) {
  const [path] = event.path.split('?');
  const { identity, serviceArn } = event.requestContext;
  const [item = 'coffee'] = event.queryStringParameters.item ?? [];
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      function: 'next',
      event: event.version,
      caller: identity?.principal ?? 'anonymous',
      path,
      item,
      price: 3,
      service: serviceArn,
    }),
  };
}

// page-html.ts — the page's document: everything that does not come from the stack or from requests.

export const PAGE_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Local Lattice</title>
<link rel="icon" href="/page/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/page/page.css">
<script type="module" src="/page/main.js"></script>
</head>
<body>
<a class="skip" href="#requests">Skip to the requests</a>
<header>
  <h1>Local Lattice</h1>
  <p id="about"></p>
  <p id="ports"></p>
  <p id="connection" role="status">connecting</p>
</header>
<p id="problem" role="alert" hidden></p>
<main>
  <section aria-labelledby="topology-title">
    <h2 id="topology-title">Who reaches what</h2>
    <div id="picture" role="region" aria-label="Picture, scrolls" tabindex="0"></div>
    <details class="list"><summary>As a list</summary><div id="topology-list"></div></details>
  </section>
  <div class="columns">
    <section aria-labelledby="try-title">
      <h2 id="try-title">Try a request</h2>
      <form id="try-form" autocomplete="off">
        <label for="try-principal">As</label>
        <select id="try-principal"></select>
        <label for="try-vpc">From VPC</label>
        <select id="try-vpc"></select>
        <label for="try-service">To</label>
        <select id="try-service"></select>
        <label for="try-method">Method</label>
        <select id="try-method">
          <option>GET</option><option>POST</option><option>PUT</option><option>PATCH</option><option>DELETE</option>
          <option>HEAD</option><option>OPTIONS</option>
        </select>
        <label for="try-path">Path</label>
        <input id="try-path" value="/" spellcheck="false" autocapitalize="none">
        <details class="more">
          <summary>Headers and body</summary>
          <label for="try-headers">Headers, one a line</label>
          <textarea id="try-headers" rows="3" spellcheck="false" placeholder="x-purpose: bookkeeping"></textarea>
          <label for="try-body">Body</label>
          <textarea id="try-body" rows="3" spellcheck="false"></textarea>
        </details>
        <button type="submit" id="try-send">Send</button>
      </form>
      <div id="try-answer" aria-live="polite"></div>
    </section>
    <section id="requests" aria-labelledby="requests-title" tabindex="-1">
      <div class="bar">
        <h2 id="requests-title">Requests</h2>
        <p id="left"></p>
        <button type="button" id="filter" hidden></button>
        <button type="button" id="pause">Pause</button>
      </div>
      <table role="table" aria-labelledby="requests-title">
        <thead role="rowgroup"><tr role="row">
          <th role="columnheader" scope="col">Time</th>
          <th role="columnheader" scope="col">Caller</th>
          <th role="columnheader" scope="col">VPC</th>
          <th role="columnheader" scope="col">Service</th>
          <th role="columnheader" scope="col">Request</th>
          <th role="columnheader" scope="col">Status</th>
          <th role="columnheader" scope="col">Decided by</th>
        </tr></thead>
        <tbody id="rows" role="rowgroup"></tbody>
      </table>
      <p id="empty" class="empty">None yet. Try one, or point a client here.</p>
      <p id="news" class="unseen" role="status" aria-live="polite"></p>
    </section>
  </div>
</main>
<noscript>This page needs JavaScript.</noscript>
</body>
</html>
`;

export const PAGE_ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0550ae"/>\
<path d="M8 8v16h8M8 16h16M16 8v16M24 8v16" fill="none" stroke="#fff" stroke-width="2.5" stroke-linecap="round"/></svg>`;

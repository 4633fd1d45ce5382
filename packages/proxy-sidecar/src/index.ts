// index.ts: what the package exports. The program is main.ts.
export { defaults, type SidecarConfig } from './config/sidecar-config.js';
export { SidecarError, type SidecarErrorCode } from './errors.js';
export type { Exchange, ExchangeObserver, JudgedRequest, Judgement, RequestJudge } from './http/exchange.js';
export { type ProxyRun, runProxy } from './run-proxy.js';

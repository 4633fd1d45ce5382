// index.ts: the subpath `./injector`: the injector for programs, and the rules of transparent mode.
export { type Injection, injectPod } from './inject.js';
export { type InjectorConfig, injectorDefaults } from './injector-config.js';
export { runInjector } from './run-injector.js';
export { type TransparentOptions, transparentRules, transparentScript } from './transparent-rules.js';

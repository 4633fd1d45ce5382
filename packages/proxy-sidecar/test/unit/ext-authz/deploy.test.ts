// deploy/envoy: Envoy's files against its published protocol, Istio's against its CRDs, ours against our schema, and all of them
// against each other.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ServiceEntry } from '@kubernetes-models/istio/networking.istio.io/v1';
import { AuthorizationPolicy } from '@kubernetes-models/istio/security.istio.io/v1';
import { beforeAll, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { parseConfigFile } from '../../../src/config/config-file.js';
import { violationsOf } from '../../../src/config/describe-violation.js';
import { EXTENSION_KEYS } from '../../../src/ext-authz/check-question.js';
import { loadProtocol } from '../../support/ext-authz/envoy-protocol.js';
import { problemsIn } from '../../support/ext-authz/strict-message.js';

const BOOTSTRAP = 'envoy.config.bootstrap.v3.Bootstrap';
const text = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../../deploy/envoy/${name}`, import.meta.url)), 'utf8');

let protocol: ReturnType<typeof loadProtocol>;
beforeAll(() => {
  const extensions = [
    'access_loggers/stream/v3/stream',
    'filters/http/ext_authz/v3/ext_authz',
    'filters/http/router/v3/router',
    'filters/network/http_connection_manager/v3/http_connection_manager',
    'upstreams/http/v3/http_protocol_options',
  ];
  const files = extensions.map((name) => `envoy/extensions/${name}.proto`);
  protocol = loadProtocol(['envoy/config/bootstrap/v3/bootstrap.proto', ...files]);
});

interface HttpFilter {
  readonly typed_config: Record<string, unknown>;
}
interface Manager {
  readonly http_filters: readonly [HttpFilter, HttpFilter];
  readonly route_config: { virtual_hosts: readonly [{ typed_per_filter_config?: Record<string, unknown> }] };
}
interface Bootstrap {
  readonly static_resources: {
    readonly listeners: readonly [{ filter_chains: readonly [{ filters: readonly [{ typed_config: Manager }] }] }];
    readonly clusters: readonly { name: string; load_assignment: unknown }[];
  };
}

function envoy(name: string): { bootstrap: Bootstrap; extAuthz: Record<string, unknown>; manager: Manager } {
  const bootstrap = parse(text(name)) as Bootstrap;
  const manager = bootstrap.static_resources.listeners[0].filter_chains[0].filters[0].typed_config;
  return { bootstrap, manager, extAuthz: manager.http_filters[0].typed_config };
}

function sidecar(name: string) {
  const { document } = parseConfigFile(text(name), name);
  expect(violationsOf(document)).toEqual([]);
  return document as unknown as {
    extAuthz: { listen: { port: number }; http: { pathPrefix: string; peerHeader: string; metadataHeaders?: boolean } };
  };
}

test.each(['grpc.yaml', 'http.yaml'])('%s is a bootstrap, by every field', (name) => {
  expect(problemsIn(protocol, BOOTSTRAP, parse(text(name)))).toEqual([]);
});

test.each(['grpc.yaml', 'http.yaml'])('%s: no answer is no permission, and none takes longer than 200 ms', (name) => {
  const { bootstrap, extAuthz, manager } = envoy(name);
  expect(extAuthz).toMatchObject({ failure_mode_allow: false, encode_raw_headers: true, transport_api_version: 'V3' });
  expect(JSON.stringify(extAuthz)).toContain('"timeout":"0.2s"');
  const cluster = bootstrap.static_resources.clusters.find((one) => one.name === 'lattice_auth');
  expect(JSON.stringify(cluster?.load_assignment)).toContain(
    `"port_value":${sidecar('sidecar.yaml').extAuthz.listen.port}`,
  );
  expect(manager.http_filters[1].typed_config['@type']).toContain('router');
});

test('gRPC: the keys that name a service are ours', () => {
  const { manager } = envoy('grpc.yaml');
  const settings = JSON.parse(JSON.stringify(manager.route_config.virtual_hosts[0].typed_per_filter_config));
  const keys = Object.keys(settings['envoy.filters.http.ext_authz'].check_settings.context_extensions);
  expect(keys.length).toBeGreaterThan(0);
  expect(keys.filter((key) => !(Object.values(EXTENSION_KEYS) as string[]).includes(key))).toEqual([]);
});

test('HTTP: prefix and peer’s header are those of the sidecar', () => {
  const { extAuthz } = envoy('http.yaml');
  const { http } = sidecar('sidecar.yaml').extAuthz;
  expect(extAuthz.http_service).toMatchObject({
    path_prefix: http.pathPrefix,
    authorization_request: { headers_to_add: [{ key: http.peerHeader }] },
  });
});

test('the configurations in the documents can be used', () => {
  for (const name of ['docs/envoy.md', 'packages/proxy-sidecar/README.md']) {
    const document = readFileSync(fileURLToPath(new URL(`../../../../../${name}`, import.meta.url)), 'utf8');
    const examples = [...document.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
    expect(examples.some((yaml) => yaml.includes('extAuthz'))).toBe(true);
    for (const yaml of examples) expect(violationsOf(parseConfigFile(yaml, name).document)).toEqual([]);
  }
});

test('Istio: resources, and that they name each other', () => {
  const policy = new AuthorizationPolicy(parse(text('istio/authorization-policy.yaml')));
  policy.validate();
  const entries = parseAllDocuments(text('istio/service-entry.yaml')).map((one) => new ServiceEntry(one.toJS()));
  for (const entry of entries) entry.validate();
  const { meshConfig } = parse(text('istio/mesh-config.yaml')) as {
    meshConfig: {
      extensionProviders: {
        name: string;
        [form: string]: string | { service: string; port: number; pathPrefix?: string };
      }[];
    };
  };
  const providers = meshConfig.extensionProviders;
  expect(providers.map(({ name }) => name)).toContain(policy.spec?.provider?.name);
  const { extAuthz } = sidecar('istio/sidecar.yaml');
  for (const { name, ...forms } of providers) {
    const [[form, settings] = ['', {}]] = Object.entries(forms);
    expect(['envoyExtAuthzGrpc', 'envoyExtAuthzHttp']).toContain(form);
    expect(settings).toMatchObject({ failOpen: false, timeout: '0.2s' });
    const { service, port, pathPrefix } = settings as { service: string; port: number; pathPrefix?: string };
    const entry = entries.find(({ spec }) => spec?.hosts.includes(service));
    const [first] = entry?.spec?.ports ?? [];
    expect(first?.number, name).toBe(port);
    expect(first?.targetPort ?? first?.number).toBe(extAuthz.listen.port);
    if (form === 'envoyExtAuthzHttp') expect(pathPrefix).toBe(extAuthz.http.pathPrefix);
  }
});

test('the check is strict: what is changed in a good file is found', () => {
  const change = (from: string, to: string) => {
    const changed = text('grpc.yaml').replace(from, to);
    expect(changed).not.toBe(text('grpc.yaml'));
    return problemsIn(protocol, BOOTSTRAP, parse(changed)).join('; ');
  };
  expect(change('failure_mode_allow: false', 'failure_mode_alow: false')).toContain('failure_mode_alow: unknown field');
  expect(change('failure_mode_allow: false', 'failure_mode_allow: no way')).toContain('not true or false');
  expect(change('code: Forbidden', 'code: Forbiden')).toContain('is none of StatusCode');
  expect(change('timeout: 0.2s', 'timeout: 200')).toContain('not a duration');
  expect(change('port_value: 9191', 'port_value: 70000')).toContain('out of bounds');
  expect(change('stat_prefix: ingress', 'stat_prefix: ""')).toContain('too short');
  expect(change('v3.ExtAuthzPerRoute', 'v3.ExtAuthzPerRute')).toContain('unknown @type');
  expect(change('route: { cluster: app', 'route: { cluster: app, cluster_header: x')).toContain('are both there');
  expect(change('match: { prefix: / }', 'match: {}')).toContain('one of path_specifier is missing');
  expect(change('type: STATIC', 'type: [STATIC]')).toContain('is none of DiscoveryType');
});

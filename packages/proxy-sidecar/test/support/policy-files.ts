// policy-files.ts: a small stack as files in a folder: one service that `web` may GET, and nobody else.
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const SERVICE_ARN = 'arn:aws:vpc-lattice:eu-west-1:111122223333:service/svc-0123456789abcdef0';
export const NETWORK_ARN = 'arn:aws:vpc-lattice:eu-west-1:111122223333:servicenetwork/sn-0123456789abcdef0';
export const WEB_ARN = 'arn:aws:sts::111122223333:assumed-role/web/pod-1';
export const HOST = 'orders-0123456789abcdef0.7d67968.vpc-lattice-svcs.eu-west-1.on.aws';

/** A policy that lets `method` through, under further conditions. */
export function orderPolicy(method: string, conditions: object = {}): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: {
      Sid: `May${method}`,
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::111122223333:role/web' },
      Action: 'vpc-lattice-svcs:Invoke',
      Resource: '*',
      Condition: { StringEquals: { 'vpc-lattice-svcs:RequestMethod': method, ...conditions } },
    },
  });
}

export const STACK = `
region: eu-west-1
account: "111122223333"
vpcs:
  front: { id: vpc-0a1b2c3d }
serviceNetworks:
  shop: { id: sn-0123456789abcdef0, vpcs: [front], services: [orders] }
services:
  orders: { id: svc-0123456789abcdef0, authType: AWS_IAM, authPolicy: ./orders.json }
principals:
  web: { arn: "${WEB_ARN}", vpc: front, policies: assume-allowed }
`;

/** A folder for files of policies; `remove` when done. */
export class PolicyFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'sidecar-policies-'));
  readonly stack = join(this.path, 'stack.yaml');
  #versions = 0;

  write(files: Readonly<Record<string, string>>): this {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.path, name), text);
    return this;
  }

  /** As Kubernetes does it: a folder for each version, `..data` a link to the newest, files links into `..data`. */
  swap(files: Readonly<Record<string, string>>): this {
    this.#versions += 1;
    const version = `..version_${this.#versions}`;
    mkdirSync(join(this.path, version));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(this.path, version, name), text);
    symlinkSync(version, join(this.path, '..data_tmp'));
    renameSync(join(this.path, '..data_tmp'), join(this.path, '..data'));
    if (this.#versions === 1) {
      for (const name of Object.keys(files)) symlinkSync(join('..data', name), join(this.path, name));
    } else {
      rmSync(join(this.path, `..version_${this.#versions - 1}`), { recursive: true });
    }
    return this;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

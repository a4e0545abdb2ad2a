declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export default class Provider {
    constructor(issuer: string, configuration: object);
    callback(): RequestListener;
    AccessToken: { find(token: string): Promise<{ accountId: string } | undefined> };
  }
}

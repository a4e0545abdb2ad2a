import type { kinds } from './schema.ts';

export interface Preset {
  kind: (typeof kinds)[number];
  name: string;
  slug: string;
  issuer: string;
  /** Where one registers an application with them. */
  register?: string;
}

/** What is filled in for those whom many use. Microsoft's issuer is that of one tenant: only there are addresses its own. */
export const presets: Record<'oidc' | 'google' | 'microsoft' | 'github', Preset> = {
  oidc: { kind: 'oidc', name: '', slug: '', issuer: '' },
  google: { kind: 'oidc', name: 'Google', slug: 'google', issuer: 'https://accounts.google.com', register: 'https://console.cloud.google.com/apis/credentials' },
  microsoft: { kind: 'oidc', name: 'Microsoft', slug: 'microsoft', issuer: 'https://login.microsoftonline.com/YOUR-TENANT-ID/v2.0', register: 'https://entra.microsoft.com' },
  github: { kind: 'github', name: 'GitHub', slug: 'github', issuer: 'https://github.com', register: 'https://github.com/settings/developers' },
};

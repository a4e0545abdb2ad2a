import type { APIRoute } from 'astro';

const CLOSED = ['/agent', '/csm', '/search', '/tickets', '/settings', '/api/'];

export const GET: APIRoute = ({ locals: { entrance } }) =>
  new Response(`User-agent: *\n${CLOSED.map((path) => `Disallow: ${path}\n`).join('')}\nSitemap: ${entrance.url}/sitemap.xml\n`, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' } });

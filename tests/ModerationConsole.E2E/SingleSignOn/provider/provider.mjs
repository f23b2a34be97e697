// A real OpenID provider for the tests. Who is known there, and which console may ask, is told by POST /control.
import http from 'node:http';
import { Provider } from 'oidc-provider';

let people = {};
let clients = {};

// Everything in memory; clients come and go with the consoles of tests.
class Memory {
  static rows = new Map();

  constructor(kind) { this.kind = kind; }

  key(id) { return `${this.kind}:${id}`; }

  async upsert(id, payload) { Memory.rows.set(this.key(id), { ...payload }); }

  async find(id) { return this.kind === 'Client' ? clients[id] : Memory.rows.get(this.key(id)); }

  async findByUid(uid) { return [...Memory.rows].find(([key, row]) => key.startsWith(`${this.kind}:`) && row.uid === uid)?.[1]; }

  async findByUserCode() { return undefined; }

  async consume(id) { Memory.rows.get(this.key(id)).consumed = Math.floor(Date.now() / 1000); }

  async destroy(id) { Memory.rows.delete(this.key(id)); }

  async revokeByGrantId(grantId) {
    for (const [key, row] of Memory.rows) {
      if (row.grantId === grantId) Memory.rows.delete(key);
    }
  }
}

async function control(request, response) {
  const parts = [];
  for await (const part of request) parts.push(part);
  const told = JSON.parse(Buffer.concat(parts).toString());
  people = { ...people, ...told.people };
  for (const gone of told.gone ?? []) delete people[gone];
  for (const client of told.clients ?? []) clients = { ...clients, [client.client_id]: client };
  response.end('ok');
}

const server = http.createServer();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const provider = new Provider(`http://localhost:${port}`, {
    adapter: Memory,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    cookies: { keys: ['for tests alone'] },
    features: { backchannelLogout: { enabled: true } },
    // A console of the tests is at a loopback address, which it would not call.
    fetch: (url, { dispatcher, signal, ...options }) => globalThis.fetch(url, options),
    findAccount: (_, id) => people[id] && { accountId: id, claims: () => ({ sub: id, ...people[id] }) },
    // Nobody is asked what a console may know.
    loadExistingGrant: async (ctx) => {
      const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
      grant.addOIDCScope('openid email profile offline_access');
      await grant.save();
      return grant;
    },
    issueRefreshToken: () => true,
    pkce: { required: () => true },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => (request.url === '/control' ? control(request, response) : answer(request, response)));
  console.log(JSON.stringify({ port }));
});

// Ends with whoever started it.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

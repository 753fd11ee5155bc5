// npm's oidc-provider on a free port of this machine, with one client and whoever logs in. Prints its issuer when it serves.
import { createServer } from 'node:http'
import Provider from 'oidc-provider'

const [client_id, client_secret, redirect_uri] = process.argv.slice(2)
const server = createServer((request, response) => handle(request, response))
let handle

server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id, client_secret, redirect_uris: [redirect_uri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['of a test'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: id, email_verified: true, name: 'From Node' }),
    }),
  })
  handle = provider.callback()
  console.log(issuer)
})

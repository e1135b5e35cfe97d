// A server of its own for tests that need one which nobody has founded: started from the binary in a throw-away folder, and
// stopped with it. It knows no page: where the founding begins it reads off the terminal, as people do.

import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const BINARY = process.env.KITTIWAKE_BINARY;
const PASSWORD = process.env.KITTIWAKE_PASSWORD;

/** A server with these accounts on it. `link` is the link to the founding. */
export async function house(handles = []) {
  const folder = mkdtempSync(join(tmpdir(), "kittiwake-house-"));
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("KITTIWAKE_"));
  const env = {
    ...Object.fromEntries(own),
    KITTIWAKE_DATA: join(folder, "data"),
    KITTIWAKE_LISTEN: `127.0.0.1:${await freePort()}`,
    KITTIWAKE_RATE_LIMIT_FACTOR: "1000000",
  };
  for (const handle of handles) {
    const made = spawnSync(BINARY, ["account", "create", handle, "--password-stdin"], { env, input: `${PASSWORD}\n` });
    if (made.status !== 0) throw new Error(`@${handle} was not made: ${made.stderr}`);
  }
  const { child, said } = await start(env);
  const [, origin] = said.match(/ is open at (http:\S+)/);
  const [, link] = said.match(/^ {4}(http\S+\/staff\/found\S+)/m);
  return {
    origin,
    link,
    /** Everything that was ever decided, replayed from the data: `WHOLE: …`, when all is well. The server is stopped first. */
    async verify() {
      await stop(child);
      return spawnSync(BINARY, ["ledger", "verify"], { env, encoding: "utf8" }).stdout;
    },
    async close() {
      await stop(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on: accounts are made before the server starts, and belong to the address it will have. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts it, and waits for all that it says about how to begin. */
function start(env) {
  const child = spawn(BINARY, [], { env, stdio: ["ignore", "pipe", "pipe"] });
  return new Promise((resolve, reject) => {
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece) => {
      said += piece;
      if (said.includes("Ctrl-C stops")) resolve({ child, said });
    });
    child.once("exit", () => reject(new Error(`kittiwake did not start:\n${said}`)));
  });
}

function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return undefined;
  return new Promise((resolve) => {
    child.removeAllListeners("exit");
    child.once("exit", resolve);
    child.kill("SIGTERM");
  });
}

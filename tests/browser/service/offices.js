// An office as it is reached: the service behind a web server with a certificate, and people who sign in.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { request } from "node:http";
import { createServer } from "node:https";
import { onEnd, qualitycheck, Service, visit } from "./serving.js";

export const PASSWORD = "lantern orchard seventeen";

export class Office {
  static async start(settings = {}) {
    const made = spawnSync("openssl", ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", "-", "-subj", "/CN=localhost", "-days", "2"], { encoding: "utf8" });
    assert.equal(made.status, 0, made.stderr);
    const office = new Office();
    const front = createServer({ key: made.stdout, cert: made.stdout }, (asked, answer) => {
      const headers = { ...asked.headers, "x-forwarded-for": asked.socket.remoteAddress, "x-forwarded-proto": "https" };
      const onward = request(office.service.address + asked.url, { method: asked.method, headers }, (told) => {
        answer.writeHead(told.statusCode, told.headers);
        told.pipe(answer);
      });
      onward.on("error", () => answer.destroy());
      asked.pipe(onward);
    });
    await new Promise((done) => front.listen(0, "localhost", done));
    onEnd(() => new Promise((done) => { front.close(done); front.closeAllConnections(); }));
    office.address = `https://localhost:${front.address().port}`;
    office.service = await Service.start({ mode: "office", public_address: office.address, trusted_proxies: '["127.0.0.1"]', workers: 1, ...settings });
    return office;
  }

  // A new account; the link with which its person chooses a password.
  invite(user, name, roles, teams = []) {
    const words = [["--name", name], ...roles.map((role) => ["--role", role]), ...teams.map((team) => ["--team", team])];
    return qualitycheck(["accounts", "add", user, ...words.flat(), ...(teams.length ? ["--new-teams"] : [])], this.service.environment).match(/https:\S+/)[0];
  }

  // Somebody in a browser of their own.
  visit(options = {}) {
    return visit(this.address, { baseURL: this.address, ignoreHTTPSErrors: true, ...options });
  }

  // Somebody with a new account, signed in, in a browser of their own.
  async enter(user, name, roles, teams, options = {}) {
    const invitation = this.invite(user, name, roles, teams);
    const person = await this.visit(options);
    await person.page.goto(invitation);
    await person.page.locator("#password").fill(PASSWORD);
    await person.page.getByRole("button", { name: "Set the password and sign in" }).click();
    await person.page.getByRole("link", { name, exact: true }).waitFor();
    return { name, ...person };
  }
}

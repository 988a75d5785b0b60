// Posts one Discord embed for the GitHub event of this workflow run.
//
// Everything comes from the environment, so that no text of the event ever passes through a shell:
//   GITHUB_EVENT_NAME, GITHUB_EVENT_PATH   set by GitHub: the event's name and the file with its payload
//   DISCORD_WEBHOOK                        where to post; without it nothing is posted, which is no failure
//   USERNAME, AVATAR_URL, TITLE_PREFIX     how the message looks
//   INCLUDE_BODY                           "true" to show the text of the issue, pull request or release
//   COLOR                                  #RRGGBB or a decimal number, for events that have no color of their own
//   DISCORD_RETRY_SECONDS                  the longest wait before another attempt (default 30)

import { readFile } from "node:fs/promises";

// https://discord.com/developers/docs/resources/message#embed-object-embed-limits, in UTF-16 units.
const limits = { username: 80, title: 256, description: 4096, author: 256, fieldValue: 1024, footer: 2048, total: 6000 };
const colors = { issue: 0x2da44e, pullRequest: 0x8250df, release: 0xbf8700, other: 0x57606a };
const attempts = 4;
const attemptTimeout = 10_000;

class Failure extends Error {}

/** Cuts to a length, between characters, and shows that something is missing. */
function cut(text, limit) {
  if (text.length <= limit) return text;
  let end = limit - 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end--;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Makes mentions plain text: allowed_mentions stops the ping, this stops the highlight. */
function neutral(text) {
  return String(text ?? "")
    .replaceAll("\u0000", "")
    .replace(/@(?=\S)/g, "@\u200b")
    .replace(/<(?=[@#&!:/]|id:|t:|a:)/g, "<\u200b");
}

/** One line without Markdown: titles and names are written by strangers. */
function line(text) {
  return neutral(text).replace(/\s+/g, " ").trim().replace(/([\\`*_~|[\]()])/g, "\\$1");
}

/** Only a web address becomes a link. */
function link(text) {
  try {
    const url = new URL(String(text));
    return (url.protocol === "https:" || url.protocol === "http:") && url.href.length <= 2048 ? url.href : undefined;
  } catch {
    return undefined;
  }
}

function color(text, otherwise) {
  const value = String(text ?? "").trim();
  if (value === "") return otherwise;
  const number = /^#?[0-9a-f]{6}$/i.test(value) && !/^\d{1,6}$/.test(value) ? parseInt(value.replace("#", ""), 16)
    : /^\d{1,8}$/.test(value) ? Number(value)
    : NaN;
  if (number >= 0 && number <= 0xffffff) return number;
  throw new Failure("COLOR is no color; give #RRGGBB or a decimal number up to 16777215");
}

/** What an event says: its kind, what it is about, and the words for it. */
function describe(name, event) {
  const action = String(event.action ?? "");
  if (name === "issues" && event.issue) {
    return { kind: action === "opened" ? "issue" : "other", subject: event.issue, words: `Issue #${event.issue.number} ${action}` };
  }

  if ((name === "pull_request" || name === "pull_request_target") && event.pull_request) {
    const pull = event.pull_request;
    const draft = pull.draft ? "Draft pull request" : "Pull request";
    return { kind: action === "opened" ? "pullRequest" : "other", subject: pull, words: `${draft} #${pull.number} ${action}` };
  }

  if (name === "release" && event.release) {
    const release = event.release;
    return {
      kind: action === "published" ? "release" : "other",
      subject: { ...release, title: release.name || release.tag_name, user: release.author },
      words: `${release.prerelease ? "Pre-release" : "Release"} ${action}`,
      fields: [{ name: "Tag", value: release.tag_name }],
    };
  }

  const subject = { title: name, html_url: event.repository?.html_url, user: event.sender, body: "" };
  return { kind: "other", subject, words: action };
}

function message(name, event, options) {
  const { kind, subject, words, fields = [] } = describe(name, event);
  const title = [line(options.titlePrefix), line(words) && `${line(words)}:`, line(subject.title)].filter(Boolean).join(" ");
  const embed = {
    title: cut(title, limits.title),
    url: link(subject.html_url),
    color: kind === "other" ? color(options.color, colors.other) : colors[kind],
    author: subject.user?.login && {
      name: cut(neutral(subject.user.login), limits.author),
      url: link(subject.user.html_url),
      icon_url: link(subject.user.avatar_url),
    },
    fields: fields.filter(field => field.value).map(field => ({ name: field.name, value: cut(line(field.value), limits.fieldValue), inline: true })),
    footer: event.repository?.full_name && { text: cut(neutral(event.repository.full_name), limits.footer) },
  };
  if (options.includeBody && subject.body) {
    const taken = embed.title.length + (embed.author?.name.length ?? 0) + (embed.footer?.text.length ?? 0)
      + embed.fields.reduce((sum, field) => sum + field.name.length + field.value.length, 0);
    embed.description = cut(neutral(subject.body).trim(), Math.min(limits.description, limits.total - taken));
  }

  return {
    username: options.username ? cut(neutral(options.username).trim(), limits.username) : undefined,
    avatar_url: link(options.avatarUrl),
    allowed_mentions: { parse: [] },
    embeds: [embed],
  };
}

const sleep = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

async function post(webhook, body, longestWait) {
  for (let attempt = 1; ; attempt++) {
    let answer;
    let wait = 2 ** (attempt - 1) * 500 * (1 + Math.random());
    try {
      answer = await fetch(webhook, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
        redirect: "manual",
        signal: AbortSignal.timeout(attemptTimeout),
      });
    } catch (error) {
      // The error may name the address, which is a secret.
      if (attempt === attempts) throw new Failure(`Discord was not reached (${error.cause?.code ?? error.name})`);
    }

    if (answer?.ok) return attempt;
    if (answer && answer.status !== 429 && answer.status < 500) throw new Failure(`Discord refused the message with status ${answer.status}`);
    if (answer && attempt === attempts) throw new Failure(`Discord answered ${answer.status} to ${attempts} attempts`);
    const asked = Number(answer?.headers.get("retry-after"));
    if (asked > 0) wait = asked * 1000;
    await sleep(Math.min(wait, longestWait * 1000));
  }
}

async function run(environment) {
  const name = environment.GITHUB_EVENT_NAME;
  if (!name || !environment.GITHUB_EVENT_PATH) throw new Failure("GITHUB_EVENT_NAME and GITHUB_EVENT_PATH must be set");
  const body = message(name, JSON.parse(await readFile(environment.GITHUB_EVENT_PATH, "utf8")), {
    username: environment.USERNAME,
    avatarUrl: environment.AVATAR_URL,
    titlePrefix: environment.TITLE_PREFIX,
    includeBody: environment.INCLUDE_BODY === "true",
    color: environment.COLOR,
  });
  if (!environment.DISCORD_WEBHOOK) {
    console.log("No webhook is set: nothing is posted.");
    return;
  }

  if (!link(environment.DISCORD_WEBHOOK)) throw new Failure("DISCORD_WEBHOOK is no web address");
  const count = await post(environment.DISCORD_WEBHOOK, body, Number(environment.DISCORD_RETRY_SECONDS || 30));
  console.log(`Posted, at attempt ${count}.`);
}

try {
  await run(process.env);
} catch (error) {
  console.error(error instanceof Failure ? error.message : `The event could not be read (${error.name}).`);
  process.exitCode = 1;
}

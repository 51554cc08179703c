// Questions about a picture, the list of models and errors with OpenAI's JavaScript client. Prints
// what came as one JSON object.
// node chat.mjs BASE_URL KEY PICTURE.png QUESTION
import { readFile } from "node:fs/promises";
import OpenAI from "openai";

const [baseURL, apiKey, picturePath, question] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
const picture = (await readFile(picturePath)).toString("base64");
const asking = {
  model: "pocket",
  seed: 7,
  temperature: 1,
  messages: [
    {
      role: "user",
      content: [
        { type: "text", text: question },
        { type: "image_url", image_url: { url: `data:image/png;base64,${picture}` } },
      ],
    },
  ],
};
const seen = {};

const answer = await client.chat.completions.create(asking);
seen.answer = answer.choices[0].message.content;
seen.role = answer.choices[0].message.role;
seen.usage = answer.usage;

seen.pieces = [];
const writing = await client.chat.completions.create({
  ...asking,
  stream: true,
  stream_options: { include_usage: true },
});
for await (const piece of writing) {
  seen.pieces.push(piece);
}

seen.models = [];
for await (const model of client.models.list()) {
  seen.models.push(model.id);
}
seen.model = await client.models.retrieve("pocket");

try {
  await client.models.retrieve("gpt-4o");
} catch (error) {
  seen.unknownModel = [error instanceof OpenAI.NotFoundError, error.status, error.code, error.type];
}
try {
  await new OpenAI({ baseURL, apiKey: "another-key", maxRetries: 0 }).chat.completions.create(asking);
} catch (error) {
  seen.wrongKey = [error instanceof OpenAI.AuthenticationError, error.status, error.code, error.type];
}
try {
  await client.chat.completions.create({ ...asking, n: 2 });
} catch (error) {
  seen.badRequest = [error instanceof OpenAI.BadRequestError, error.status, error.param, error.type];
}

console.log(JSON.stringify(seen));

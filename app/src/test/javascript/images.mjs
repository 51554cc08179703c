// Pictures with OpenAI's JavaScript client. Prints what came as one JSON object.
// node images.mjs BASE_URL PICTURE.png MASK.png
import { readFile } from "node:fs/promises";
import OpenAI, { toFile } from "openai";

const [baseURL, picturePath, maskPath] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const prompt = "a red circle left of a blue square";
const file = async (path, name) => toFile(await readFile(path), name, { type: "image/png" });
const seen = {};

const generated = await client.images.generate({
  prompt,
  n: 2,
  size: "128x64",
  output_format: "jpeg",
  num_inference_steps: 2,
  seed: 1,
});
seen.generated = generated.data.map((picture) => picture.b64_json);
seen.usage = generated.usage.output_tokens;

seen.events = [];
const forming = await client.images.generate({
  prompt,
  stream: true,
  partial_images: 2,
  timesteps: 6,
});
for await (const event of forming) {
  seen.events.push([event.type, event.partial_image_index ?? -1]);
}

const edited = await client.images.edit({
  image: await file(picturePath, "picture.png"),
  mask: await file(maskPath, "mask.png"),
  prompt,
  timesteps: 2,
});
seen.edited = edited.data[0].b64_json;

const styled = await client.images.edit({
  image: [await file(picturePath, "picture.png"), await file(maskPath, "style.png")],
  prompt,
  task: "image_ref_transfer",
  force: true,
  timesteps: 1,
  cache: { cache_ratio: 0.5, warmup_ratio: 0 },
});
seen.styled = styled.data[0].b64_json;

seen.editEvents = [];
const changing = await client.images.edit({
  image: await file(picturePath, "picture.png"),
  prompt,
  task: "retouch",
  box: [0, 0, 32, 32],
  stream: true,
  partial_images: 1,
  timesteps: 4,
});
for await (const event of changing) {
  seen.editEvents.push([event.type, event.partial_image_index ?? -1]);
}

try {
  await client.images.generate({ prompt, size: "130x128", untrained_size: "strict" });
} catch (error) {
  seen.badRequest = [error instanceof OpenAI.BadRequestError, error.status, error.param, error.type];
}
try {
  await client.images.edit({ image: await file(picturePath, "a.png"), prompt, task: "fly" });
} catch (error) {
  seen.badTask = [error instanceof OpenAI.BadRequestError, error.status, error.param, error.message];
}

console.log(JSON.stringify(seen));

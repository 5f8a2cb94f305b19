/* What the page asks of the explorer. */

const token = document.querySelector("meta[name=sigmine-token]").content;

export class ApiError extends Error {
  constructor(message, status, data = {}) {
    super(message);
    this.status = status;
    this.data = data;
  }
}

async function read(promise) {
  let answer;
  try {
    answer = await promise;
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError("The explorer does not answer. Is it still running? Start it again with 'sigmine explore'.", 0);
  }
  let data = {};
  try {
    data = await answer.json();
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new ApiError(`The explorer's answer cannot be read (status ${answer.status}).`, answer.status);
  }
  if (!answer.ok) throw new ApiError(data.error ?? `The request failed (status ${answer.status}).`, answer.status, data);
  return data;
}

/* parameters: names and values, or URLSearchParams; a list gives its name several times. */
export function makeQuery(parameters = {}) {
  if (parameters instanceof URLSearchParams) return parameters.toString();
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) for (const one of [value].flat()) if (one !== null && one !== undefined) query.append(name, one);
  return query.toString();
}

export const ask = (name, parameters, signal) => read(fetch(`api/${name}?${makeQuery(parameters)}`, { signal }));

export const send = (name, body, signal) => read(fetch(`api/${name}`, {
  method: "POST", headers: { "content-type": "application/json", "x-sigmine-token": token }, body: JSON.stringify(body), signal,
}));

/* Asks again until the state is no longer "reading"; tell hears of each answer. */
export async function askUntilRead(name, parameters, tell, signal) {
  for (let pause = 400; ; pause = Math.min(pause * 1.4, 2500)) {
    const answer = await ask(name, parameters, signal);
    tell(answer);
    if (answer.state !== "reading") return;
    await new Promise((resolve) => { setTimeout(resolve, pause); });
    if (signal?.aborted) return;
  }
}

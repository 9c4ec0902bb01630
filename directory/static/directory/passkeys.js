// Passkeys: the page is asked for a challenge, the browser answers it, the answer goes with the form.
"use strict";

{
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (each) => each.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-")
      .replaceAll("/", "_")
      .replaceAll("=", "");
  const described = (list) => (list || []).map((each) => ({ ...each, id: bytes(each.id) }));

  const ask = async (address, purpose, token) => {
    const body = new URLSearchParams({ purpose, csrfmiddlewaretoken: token });
    const response = await fetch(address, { method: "POST", body, credentials: "same-origin" });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer;
  };

  const use = async (options) => {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      allowCredentials: described(options.allowCredentials),
    };
    const { id, rawId, type, response } = await navigator.credentials.get({ publicKey });
    return {
      id,
      rawId: text(rawId),
      type,
      response: {
        clientDataJSON: text(response.clientDataJSON),
        authenticatorData: text(response.authenticatorData),
        signature: text(response.signature),
        userHandle: response.userHandle ? text(response.userHandle) : null,
      },
    };
  };

  const create = async (options) => {
    const publicKey = {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: described(options.excludeCredentials),
    };
    const { id, rawId, type, response } = await navigator.credentials.create({ publicKey });
    return {
      id,
      rawId: text(rawId),
      type,
      response: {
        clientDataJSON: text(response.clientDataJSON),
        attestationObject: text(response.attestationObject),
        transports: response.getTransports?.() ?? [],
      },
    };
  };

  const act = { get: use, create };

  // Where to go afterwards, and what was typed before, stand in another form of the page.
  const bring = (form, other) => {
    for (const field of other?.elements ?? []) {
      if (field.type === "hidden" && !form.elements[field.name]) form.append(field.cloneNode());
    }
  };

  const start = (place) => {
    const form = place.closest("form");
    const button = place.querySelector("button");
    const state = place.querySelector(".passkey-state");
    place.hidden = false;
    form.querySelector(".no-passkeys")?.remove();
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      const name = form.querySelector("input[type=text][name=name]");
      if (name && !name.value.trim()) {
        name.required = true;
        name.reportValidity();
        return;
      }
      button.disabled = true;
      state.textContent = "";
      try {
        const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
        const options = await ask(place.dataset.options, place.dataset.purpose, token);
        const answer = await act[place.dataset.passkey](options);
        form.querySelector(`[name="${place.dataset.field}"]`).value = JSON.stringify(answer);
        bring(form, document.getElementById(place.dataset.with));
        form.requestSubmit();
      } catch (error) {
        // A message of ours, or one of the browser, which has its own words for what people do.
        state.textContent = error instanceof DOMException ? state.dataset.failed : error.message;
        button.disabled = false;
      }
    });
  };

  if (window.PublicKeyCredential) document.querySelectorAll("[data-passkey]").forEach(start);
}

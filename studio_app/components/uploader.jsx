import { useEffect, useRef, useState } from "react";

const OURS = "That did not work. Check the connection and send the file again.";

function refusalOf(request) {
  try {
    return JSON.parse(request.responseText).error.message;
  } catch {
    return OURS;
  }
}

export function Uploader({ url, fields, label, onSent }) {
  const [rows, setRows] = useState([]);
  const newest = useRef(onSent);
  useEffect(() => {
    newest.current = onSent;
  });
  const change = (key, part) => setRows((all) => all.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const send = (file) => {
    const key = `${file.name} ${Math.random()}`;
    setRows((all) => [...all, { key, name: file.name, share: 0, error: "" }]);
    const body = new FormData();
    Object.entries(fields || {}).forEach(([name, text]) => body.append(name, text));
    body.append("file", file);
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => change(key, { share: Math.round((100 * event.loaded) / event.total) });
    request.onerror = () => change(key, { error: OURS });
    request.onload = () => {
      if (request.status >= 300) {
        change(key, { error: refusalOf(request) });
        return;
      }
      setRows((all) => all.filter((row) => row.key !== key));
      newest.current();
    };
    request.open("POST", url);
    request.setRequestHeader("Accept", "application/json");
    request.send(body);
  };
  return (
    <div className="uploader">
      <label className="btn">
        {label}
        <input
          type="file"
          multiple
          className="visually-hidden"
          onChange={(event) => {
            [...event.target.files].forEach(send);
            event.target.value = "";
          }}
        />
      </label>
      <ul className="list" aria-live="polite">
        {rows.map((row) => (
          <li key={row.key}>
            <span className="grow">{row.name}</span>
            {row.error ? (
              <span className="error">{row.error}</span>
            ) : (
              <progress max="100" value={row.share} aria-label={`Sending ${row.name}`} />
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

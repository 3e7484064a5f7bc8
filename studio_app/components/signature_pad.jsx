import { useEffect, useRef, useState } from "react";
import Pad from "signature_pad";

// Dark ink on white paper in light and dark: what is stored is read as a document.
const INK = { penColor: "#1c2024", backgroundColor: "#ffffff", minWidth: 0.8, maxWidth: 2.4 };
const MOST_PIXELS = 1400;

export function SignaturePad({ value, onDraw, label }) {
  const canvas = useRef(null);
  const pad = useRef(null);
  const newest = useRef(onDraw);
  const first = useRef(value);
  const [isBlank, setIsBlank] = useState(!value);
  useEffect(() => {
    newest.current = onDraw;
  });
  useEffect(() => {
    const paper = canvas.current;
    const drawing = new Pad(paper, INK);
    pad.current = drawing;
    const fit = () => {
      const strokes = drawing.toData();
      const ratio = Math.min(window.devicePixelRatio || 1, MOST_PIXELS / paper.offsetWidth);
      paper.width = paper.offsetWidth * ratio;
      paper.height = paper.offsetHeight * ratio;
      paper.getContext("2d").scale(ratio, ratio);
      drawing.clear();
      if (strokes.length) drawing.fromData(strokes);
      else if (first.current) drawing.fromDataURL(first.current, { ratio: 1, width: paper.offsetWidth, height: paper.offsetHeight });
    };
    fit();
    drawing.addEventListener("endStroke", () => {
      setIsBlank(false);
      newest.current(drawing.toDataURL("image/png"));
    });
    window.addEventListener("resize", fit);
    return () => {
      window.removeEventListener("resize", fit);
      drawing.off();
    };
  }, []);
  const wipe = () => {
    first.current = "";
    pad.current.clear();
    setIsBlank(true);
    newest.current("");
  };
  return (
    <div className="signature">
      <canvas ref={canvas} role="img" aria-label={label} />
      <button type="button" className="btn s" data-here="" disabled={isBlank} onClick={wipe}>
        Clear
      </button>
    </div>
  );
}

import { useContext, useEffect, useState } from "react";
import { EventLoopContext } from "$/utils/context";

// Says so at once where there is no connection; what is pressed meanwhile waits and goes on by itself.
export function Offline() {
  const [, errors] = useContext(EventLoopContext);
  const [isOff, setOff] = useState(false);
  useEffect(() => {
    const look = () => setOff(!navigator.onLine);
    look();
    window.addEventListener("online", look);
    window.addEventListener("offline", look);
    return () => {
      window.removeEventListener("online", look);
      window.removeEventListener("offline", look);
    };
  }, []);
  const isCut = isOff || errors.length > 0;
  return (
    <div role="status" className={isCut ? "offline" : "visually-hidden"}>
      {isCut ? "No connection. Nothing is lost: it goes on by itself as soon as the connection is back." : ""}
    </div>
  );
}

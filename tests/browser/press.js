// What can be pressed on a page, and what a press has changed. Loaded into every page of the sweep.
window.press = (() => {
    const CONTROLS = `a[href], button, summary, [role=menuitem], [role=tab], [role=switch], [role=button],
        input[type=checkbox], input[type=radio], input[type=submit]`
    const ROW = "tr, li, [role=row], .ec-event, .ec-day"
    const SHELL = "nav.side, header.top, .skip, #you"
    const MANY = 12, KINDS = 3

    const ANSWER = 3000

    let said = 0
    window.print = () => said++

    // What the server still owes: the page's state, from its opening on, and an answer to what was sent last.
    let isFilled = false
    let asked = 0
    const hear = ({ data }) => {
        const filled = String(data).match(/"is_hydrated_rx_state_":(true|false)/g)?.at(-1)
        if (filled) isFilled = filled.endsWith("true")
        if (String(data).startsWith("42")) asked = 0
    }
    window.WebSocket = class extends WebSocket {
        constructor(...given) {
            super(...given)
            this.addEventListener("message", hear)
        }
        send(data) {
            if (/hydrate_and_load|on_load_internal/.test(data)) isFilled = false
            if (String(data).startsWith("42")) asked = performance.now()
            super.send(data)
        }
    }
    const isOurs = () => document.querySelector(".radix-themes") !== null
    const isAsking = () => asked && performance.now() - asked < ANSWER // a handler that changes nothing says nothing
    const isMoving = () =>
        document.getAnimations().some((one) => one.playState === "running" && one.effect.getComputedTiming().endTime < Infinity)
    const BUSY = ".sk, .spin, [aria-busy=true], .calendar-place:empty"
    const isWaiting = () => (isOurs() && !isFilled) || isAsking() || isMoving() || document.querySelector(BUSY)

    const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0
    const hit = (one) => (seen(one) ? one : one.labels?.[0])
    const able = (one) => !one.disabled && one.ariaDisabled !== "true" && !one.closest("[inert], [aria-hidden=true]")
    const name = (one) => (one.ariaLabel || one.labels?.[0]?.innerText || one.innerText || one.title || "").trim()
    const plain = (text) => text.replace(/\s+/g, " ").replace(/\d+/g, "0").slice(0, 60)

    const chain = (one) => {
        const parts = []
        for (let at = one; at && at !== document.body; at = at.parentElement) {
            const kind = at.getAttribute("class")?.split(" ")[0] ?? ""
            const column = at.localName === "td" ? `:${at.cellIndex}` : ""
            parts.unshift(`${at.localName}${column}${kind && !/\d/.test(kind) ? "." + kind : ""}`)
        }
        return parts.slice(-7).join(">")
    }

    // The outermost layer that is open takes all presses: a dialog, a menu, a popover.
    const layer = () => {
        const open = [...document.querySelectorAll("[role=dialog], [role=alertdialog], [role=menu], :popover-open")]
        return open.filter(seen).at(-1)
    }

    const all = () => {
        const root = layer() ?? document
        const found = [...root.querySelectorAll(CONTROLS)].filter((one) => able(one) && hit(one) && seen(hit(one)))
        const count = {}
        const chains = found.map(chain)
        for (const path of chains) count[path] = (count[path] ?? 0) + 1
        const kinds = {}
        const keys = new Map()
        found.forEach((one, index) => {
            const path = chains[index]
            const isOneOfMany = !one.closest(SHELL) && (one.closest(ROW) || count[path] > MANY)
            const word = isOneOfMany ? (one.localName === "a" ? "" : plain(name(one)).split(" ")[0]) : plain(name(one))
            const key = `${one.closest(SHELL) ? "shell " : ""}${path} “${word}”`
            if (keys.has(key)) return
            if (isOneOfMany && (kinds[path] = (kinds[path] ?? 0) + 1) > KINDS) return
            keys.set(key, one)
        })
        return keys
    }

    const stays = (one) =>
        one.ariaCurrent || one.ariaPressed === "true" || one.ariaSelected === "true" || (one.type === "radio" && one.checked)

    const WAYS = { back: (one) => name(one) === "Back", onward: (one) => one.type === "submit" && name(one) !== "Book" }

    return {
        list: () =>
            [...all()].map(([key, one]) => ({
                key,
                href: one.getAttribute("href") ?? "",
                isFile: one.hasAttribute("download"),
                stays: Boolean(stays(one)),
            })),
        // In a wizard, the key of what leads to the step before or after; nothing is booked by it.
        way: (which) => [...all()].find(([, one]) => one.closest(".wizard") && WAYS[which](one))?.[0] ?? "",
        // What is chosen already answers no press.
        waits: (key) => all().has(key) && !stays(all().get(key)),
        isCovered: () => layer() !== undefined,
        find: (key) => hit(all().get(key) ?? document.createElement("i")) ?? null,
        look: () =>
            JSON.stringify([
                location.href,
                document.title,
                document.documentElement.className,
                said,
                document.body.outerHTML,
                [...document.querySelectorAll("input, select, textarea")].map((one) => [one.value, one.checked]),
                [...document.querySelectorAll(":popover-open")].map((one) => one.id),
                chain(document.activeElement ?? document.body),
                Math.round(scrollY),
            ]),
        // Whether anything has, within that time.
        changes: (before, longest) =>
            new Promise((done) => {
                const began = performance.now()
                const check = () => {
                    const isOther = press.look() !== before
                    if (isOther || performance.now() - began > longest) done(isOther)
                    else setTimeout(check, 100)
                }
                check()
            }),
        // Until nothing has changed for a while, the browser is idle and nothing is waited for; whether it came so far.
        calm: (quiet, longest) =>
            new Promise((done) => {
                let timer, idle
                const end = (isCalm) => (watch.disconnect(), stop(), clearTimeout(last), done(isCalm))
                const stop = () => (clearTimeout(timer), cancelIdleCallback(idle))
                const check = () => (idle = requestIdleCallback(() => (isWaiting() ? again() : end(true)), { timeout: 1000 }))
                const again = () => (stop(), (timer = setTimeout(check, quiet)))
                const watch = new MutationObserver(again)
                const last = setTimeout(() => end(false), longest)
                watch.observe(document, { attributes: true, childList: true, subtree: true, characterData: true })
                again()
            }),
    }
})()

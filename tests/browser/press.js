// What can be pressed on a page, and what a press has changed. Loaded into every page of the sweep.
window.press = (() => {
    const CONTROLS = `a[href], button, summary, [role=menuitem], [role=tab], [role=switch], [role=button],
        input[type=checkbox], input[type=radio], input[type=submit]`
    const ROW = "tr, li, [role=row], .ec-event, .ec-day"
    const SHELL = "nav.side, header.top, .skip, #you"
    const MANY = 12, KINDS = 3

    let said = 0
    window.print = () => said++

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

    return {
        list: () =>
            [...all()].map(([key, one]) => ({
                key,
                href: one.getAttribute("href") ?? "",
                isFile: one.hasAttribute("download"),
                stays: Boolean(stays(one)),
            })),
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
        // Until nothing has changed for a while, and nothing is loading.
        calm: (quiet, longest) =>
            new Promise((done) => {
                let timer
                const end = () => (watch.disconnect(), clearTimeout(timer), clearTimeout(last), done())
                const check = () => (document.querySelector(".sk, [aria-busy=true]") ? again() : end())
                const again = () => (clearTimeout(timer), (timer = setTimeout(check, quiet)))
                const watch = new MutationObserver(again)
                const last = setTimeout(end, longest)
                watch.observe(document, { attributes: true, childList: true, subtree: true, characterData: true })
                again()
            }),
    }
})()

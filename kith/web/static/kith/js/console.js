// On a phone the console's places are one long line: show the one that is open.
document.querySelector(".console-nav [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

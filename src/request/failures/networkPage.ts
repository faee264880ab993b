// Tells a page of the network in between, such as a sign-in or a challenge, from an answer of the endpoint.

/** What the pages of Cloudflare, Akamai, Alibaba, AWS, Imperva and Sucuri say when they let nobody through. */
const CHALLENGE = /just a moment\.\.\.|attention required!|_cf_chl|cf-chl|challenge-platform|checking (if the site connection is secure|your browser)|verify(ing)? (that )?you are (a )?human|enable javascript and cookies|please enable cookies|you have been blocked|access denied[\s\S]{0,400}(reference\s*(#|&#35;)|edgesuite)|incapsula|_incapsula_|sucuri website firewall|request (was |has been )?blocked|captcha|访问被(阻断|拦截)|人机验证|安全验证/i;
/** What hotels, airports and offices show first. */
const SIGN_IN = /captive[ -]?portal|network (authentication|access) (is )?required|(wi-?fi|wlan|hotspot|guest network|network)[^<]{0,60}(log ?in|sign ?in|login|terms|access)|(log ?in|sign ?in|authenticate) to (the |this |your )?(network|wi-?fi|wlan|internet)|(proxy|squid|zscaler|bluecoat|fortigate|fortiguard|websense|forcepoint|blue coat|sophos|barracuda)[^<]{0,80}(authentication|error|blocked|denied|policy|access)|认证上网|上网认证|需要认证/i;

/** Whether this page is none of the endpoint's: neither the key nor the address is at fault. */
export function isNetworkPage(page: string): boolean {
  const start = page.slice(0, 65_536);
  return CHALLENGE.test(start) || SIGN_IN.test(start);
}

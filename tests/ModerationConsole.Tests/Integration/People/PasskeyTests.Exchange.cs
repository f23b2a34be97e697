using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Tests.Integration.People;

// The browser's side of an exchange.
public sealed partial class PasskeyTests
{
    private static PasskeyExchange ExchangeOf(TestConsole console)
    {
        IdentityPasskeyOptions options = new();
        PasskeyExchange.Shape(options);
        return new PasskeyExchange(console.Contexts, console.Get<Accounts>(), Options.Create(options), new EphemeralDataProtectionProvider(), console.Clock);
    }

    private static DefaultHttpContext Browser()
    {
        DefaultHttpContext context = new();
        (context.Request.Scheme, context.Request.Host) = ("https", new HostString("console.example"));
        return context;
    }

    private static async Task<(HttpContext Browser, string Options)> AskAsync(PasskeyExchange exchange, Guid? session = null)
    {
        DefaultHttpContext asked = Browser();
        return Holding(asked, await exchange.BeginUsingAsync(asked, session));
    }

    private static async Task<(HttpContext Browser, string Options)> AskToMakeAsync(PasskeyExchange exchange, Session session)
    {
        DefaultHttpContext asked = Browser();
        return Holding(asked, await exchange.BeginMakingAsync(asked, session.PersonId, Email, session.DisplayName));
    }

    // The next request of the same browser.
    private static (HttpContext Browser, string Options) Holding(HttpContext asked, string options)
    {
        DefaultHttpContext next = Browser();
        next.Request.Headers.Cookie = asked.Response.Headers.SetCookie.ToString().Split(';')[0];
        return (next, options);
    }

    private static async Task<FactorResult> MakeAsync(TestConsole console, PasskeyExchange exchange, Session session, SoftPasskey passkey, string name = "Passkey")
    {
        (HttpContext browser, string options) = await AskToMakeAsync(exchange, session);
        CheckedPasskey made = (await exchange.MadeAsync(browser, session.PersonId, passkey.Make(options)))!;
        return await console.Use<AddPasskey>().RunAsync(Asking(session), made, name, Cancel);
    }

    private static async Task<SignInOutcome> SignInAsync(TestConsole console, PasskeyExchange exchange, SoftPasskey passkey)
    {
        (HttpContext browser, string options) = await AskAsync(exchange);
        return await console.Use<SignInWithPasskey>().RunAsync((await exchange.UsedAsync(browser, passkey.Use(options)))!, null, Cancel);
    }
}

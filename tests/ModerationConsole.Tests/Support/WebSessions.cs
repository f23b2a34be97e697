using System.Text.RegularExpressions;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.Tests.Support;

/// <summary>People who signed in over HTTP, as a browser does.</summary>
public static partial class WebSessions
{
    private const string Password = "an ordinary long password";

    private static int s_count;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Adds someone with a role, signs them in through the form and returns the <c>Cookie</c> header of their session.</summary>
    public static async Task<(Guid Id, string Cookie)> SignedInAsync(this WebConsole console, string role, params Permission[] own)
    {
        string email = $"someone{Interlocked.Increment(ref s_count)}@test.local";
        AddPersonOutcome added = await console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson(email, "Someone", [role], Password: Password), Cancel);
        Assert.Equal(AddPersonResult.Added, added.Result);
        foreach (Permission permission in own)
        {
            Assert.Equal(PersonOutcome.Done, await console.Use<SetPermission>().RunAsync(Caller.System, added.PersonId, permission, granted: true, Cancel));
        }

        Uri form = new("/account/login", UriKind.Relative);
        // Everyone has a cookie jar of their own: the header that is returned.
        using HttpClient browser = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = console.Client.BaseAddress };
        using HttpResponseMessage page = await browser.GetAsync(form, Cancel);
        string token = Token().Match(await page.Content.ReadAsStringAsync(Cancel)).Groups["token"].Value;
        using HttpRequestMessage signIn = new(HttpMethod.Post, form)
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["_handler"] = "sign-in",
                ["__RequestVerificationToken"] = token,
                ["Input.Email"] = email,
                ["Input.Password"] = Password,
            }),
        };
        signIn.Headers.Add("Cookie", CookiesOf(page));
        using HttpResponseMessage answer = await browser.SendAsync(signIn, Cancel);
        Assert.Equal(302, (int)answer.StatusCode);
        return (added.PersonId, CookiesOf(answer));
    }

    private static string CookiesOf(HttpResponseMessage answer) =>
        string.Join("; ", answer.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies) ? cookies.Select(cookie => cookie.Split(';')[0]) : []);

    [GeneratedRegex("""name="__RequestVerificationToken"[^>]*value="(?<token>[^"]+)""")]
    private static partial Regex Token();
}

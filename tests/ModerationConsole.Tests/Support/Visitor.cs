using System.Net;
using System.Text.RegularExpressions;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.People;

namespace ModerationConsole.Tests.Support;

/// <summary>Someone at a browser without script: follows no redirect, keeps cookies, fills in forms.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly HttpClientHandler _handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
    private readonly HttpClient _client;

    public Visitor(WebConsole console) => _client = new HttpClient(_handler) { BaseAddress = console.Client.BaseAddress };

    /// <summary>A password that is good enough.</summary>
    public static string Password => "four words in a row";

    /// <summary>Sent with each request.</summary>
    public HttpClient Client => _client;

    /// <summary>What the browser holds.</summary>
    public CookieCollection Cookies => _handler.CookieContainer.GetAllCookies();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Asks for a page.</summary>
    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path, Cancel);

    /// <summary>Has the browser hold a cookie of the account's pages.</summary>
    public void Keep(string name, string value) => _handler.CookieContainer.Add(new Cookie(name, value, "/account", _client.BaseAddress!.Host));

    /// <summary>Opens the page, fills in the named form and sends it.</summary>
    public Task<HttpResponseMessage> SubmitAsync(string path, string form, params (string Name, string Value)[] fields) =>
        SubmitAsync(path, form, fields, instead: false);

    /// <summary>The same.</summary>
    /// <param name="instead">Whether the fields take the place of hidden ones of their names.</param>
    public async Task<HttpResponseMessage> SubmitAsync(string path, string form, (string Name, string Value)[] fields, bool instead)
    {
        string page = await _client.GetStringAsync(path, Cancel);
        string markup = Forms().Matches(page).Select(match => match.Value).Single(text => text.Contains($"value=\"{form}\"", StringComparison.Ordinal));
        List<KeyValuePair<string, string>> sent = [.. Hidden().Matches(markup).Select(match => KeyValuePair.Create(match.Groups["name"].Value, WebUtility.HtmlDecode(match.Groups["value"].Value)))];
        sent.RemoveAll(pair => instead && fields.Any(field => field.Name == pair.Key));
        sent.AddRange(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        using FormUrlEncodedContent content = new(sent);
        return await _client.PostAsync(path, content, Cancel);
    }

    /// <summary>Fills in the sign-in form.</summary>
    public Task<HttpResponseMessage> SignInAsync(string email, string? password = null, string? returnUrl = null) =>
        SubmitAsync(
            returnUrl is null ? "/account/login" : $"/account/login?returnUrl={Uri.EscapeDataString(returnUrl)}",
            "sign-in",
            ("Input.Email", email),
            ("Input.Password", password ?? Password));

    /// <summary>Adds a person with a role and signs in as them.</summary>
    public static async Task<(Visitor Visitor, Guid PersonId)> SignedInAsync(WebConsole console, params string[] roles)
    {
        (string email, Guid id) = await AddAsync(console, roles);
        Visitor visitor = new(console);
        using HttpResponseMessage response = await visitor.SignInAsync(email);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        return (visitor, id);
    }

    /// <summary>Adds a person whose password is <see cref="Password"/>.</summary>
    public static async Task<(string Email, Guid Id)> AddAsync(WebConsole console, params string[] roles)
    {
        string email = $"{Guid.NewGuid():N}@people.example";
        AddPersonOutcome outcome = await console.Use<AddPerson>().RunAsync(
            Caller.System, new NewPerson(email, "Someone", roles, Password: Password), Cancel);
        Assert.Equal(AddPersonResult.Added, outcome.Result);
        return (email, outcome.PersonId);
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    [GeneratedRegex("<form.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" />""")]
    private static partial Regex Hidden();
}

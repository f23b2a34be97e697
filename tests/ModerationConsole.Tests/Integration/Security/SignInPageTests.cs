using System.Net;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Tests.Support;

namespace ModerationConsole.Tests.Integration.Security;

/// <summary>Signing in and out over real HTTP.</summary>
public sealed class SignInPageTests(SignInPageTests.Running running) : IClassFixture<SignInPageTests.Running>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private WebConsole Console => running.Console;

    [Fact]
    public async Task SignIn_WithTheRightPassword_OpensTheConsole()
    {
        (string email, _) = await Visitor.AddAsync(Console, Roles.Moderator);
        using Visitor visitor = new(Console);

        using HttpResponseMessage response = await visitor.SignInAsync(email, returnUrl: "/cases?status=open");
        using HttpResponseMessage page = await visitor.GetAsync("/");

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal("/cases?status=open", new Uri(Console.Client.BaseAddress!, response.Headers.Location!).PathAndQuery);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Cookie cookie = visitor.Cookies["moderation-console"]!;
        Assert.True(cookie.HttpOnly);
        string set = response.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("moderation-console=", StringComparison.Ordinal));
        Assert.Contains("samesite=lax", set, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task SignIn_AskedToLeadElsewhere_LeadsHome(string returnUrl)
    {
        (string email, _) = await Visitor.AddAsync(Console, Roles.Moderator);
        using Visitor visitor = new(Console);

        using HttpResponseMessage response = await visitor.SignInAsync(email, returnUrl: returnUrl);

        Assert.Equal(new Uri(Console.Client.BaseAddress!, "/"), new Uri(Console.Client.BaseAddress!, response.Headers.Location!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task SignIn_WithAWrongPasswordOrAddress_SaysTheSame(bool known)
    {
        (string email, _) = await Visitor.AddAsync(Console, Roles.Moderator);
        using Visitor visitor = new(Console);

        using HttpResponseMessage response = await visitor.SignInAsync(known ? email : "nobody@people.example", "not the right one");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("Email or password is not right.", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Null(visitor.Cookies["moderation-console"]);
    }

    [Fact]
    public async Task SignIn_AfterFiveWrongPasswords_IsLockedForTheRightOneToo()
    {
        (string email, Guid id) = await Visitor.AddAsync(Console, Roles.Moderator);
        using Visitor visitor = new(Console);
        for (int i = 0; i < 5; i++)
        {
            using HttpResponseMessage wrong = await visitor.SignInAsync(email, $"wrong password {i}");
        }

        using HttpResponseMessage response = await visitor.SignInAsync(email);

        Assert.Contains("Try again in 5", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Null(visitor.Cookies["moderation-console"]);
        string subject = id.ToString();
        List<AuditAct> acts = await Console.ReadAsync(db => db.Set<AuditEntry>().Where(entry => entry.Subject == subject)
            .OrderBy(entry => entry.Number).Select(entry => entry.Act).ToListAsync(Cancel));
        Assert.Equal(5 + 1, acts.Count(act => act == AuditAct.SignInFailed));
        Assert.Single(acts, AuditAct.LockedOut);
    }

    [Fact]
    public async Task SignIn_OfADisabledPerson_IsRefused()
    {
        (string email, Guid id) = await Visitor.AddAsync(Console, Roles.Moderator);
        Assert.Equal(PersonOutcome.Done, await Console.Use<DisablePerson>().RunAsync(Caller.System, id, Cancel));
        using Visitor visitor = new(Console);

        using HttpResponseMessage response = await visitor.SignInAsync(email);

        Assert.Contains("disabled", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Null(visitor.Cookies["moderation-console"]);
    }

    [Fact]
    public async Task SignIn_WithoutTheFormsToken_IsRefused()
    {
        using Visitor visitor = new(Console);
        using FormUrlEncodedContent content = new([KeyValuePair.Create("_handler", "sign-in"), KeyValuePair.Create("Input.Email", "a@b.example")]);

        using HttpResponseMessage response = await visitor.Client.PostAsync("/account/login", content, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task SignOut_Here_LeavesTheOtherBrowserSignedIn()
    {
        (string email, _) = await Visitor.AddAsync(Console, Roles.Moderator);
        using Visitor here = new(Console);
        using Visitor there = new(Console);
        (await here.SignInAsync(email)).Dispose();
        (await there.SignInAsync(email)).Dispose();

        (await here.SubmitAsync("/account/logout", "sign-out")).Dispose();

        Assert.Equal(HttpStatusCode.Redirect, (await here.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await there.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task SignOut_Everywhere_EndsEverySessionOfThePerson()
    {
        (string email, _) = await Visitor.AddAsync(Console, Roles.Moderator);
        using Visitor here = new(Console);
        using Visitor there = new(Console);
        (await here.SignInAsync(email)).Dispose();
        (await there.SignInAsync(email)).Dispose();
        string stolen = here.Cookies["moderation-console"]!.Value;

        using HttpResponseMessage response = await here.SubmitAsync("/account/logout", "sign-out-everywhere");

        Assert.Equal("/account/login", new Uri(Console.Client.BaseAddress!, response.Headers.Location!).AbsolutePath);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/")).StatusCode);
        // The cookie is dead on the server, not only forgotten by the browser.
        using HttpRequestMessage replay = new(HttpMethod.Get, "/");
        replay.Headers.Add("Cookie", $"moderation-console={stolen}");
        using HttpClientHandler bare = new() { AllowAutoRedirect = false, UseCookies = false };
        using HttpClient thief = new(bare) { BaseAddress = Console.Client.BaseAddress };
        Assert.Equal(HttpStatusCode.Redirect, (await thief.SendAsync(replay, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Session_OfAPersonDisabledMeanwhile_IsOverAtTheNextRequest()
    {
        (Visitor visitor, Guid id) = await Visitor.SignedInAsync(Console, Roles.Moderator);
        using Visitor signedIn = visitor;
        Assert.Equal(HttpStatusCode.OK, (await signedIn.GetAsync("/")).StatusCode);

        await Console.Use<DisablePerson>().RunAsync(Caller.System, id, Cancel);

        Assert.Equal(HttpStatusCode.Redirect, (await signedIn.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task FirstPassword_OfANewPerson_MustBeChosenBeforeAnythingOpens()
    {
        AddPersonOutcome added = await Console.Use<AddPerson>().RunAsync(
            Caller.System, new NewPerson($"{Guid.NewGuid():N}@people.example", "New", [Roles.Moderator]), Cancel);
        string email = await Console.ReadAsync(db => db.Users.Where(user => user.Id == added.PersonId).Select(user => user.Email!).SingleAsync(Cancel));
        using Visitor visitor = new(Console);

        using HttpResponseMessage sent = await visitor.SignInAsync(email, added.OneTimePassword);
        Assert.Equal("/account/first-password", new Uri(Console.Client.BaseAddress!, sent.Headers.Location!).AbsolutePath);
        Assert.Null(visitor.Cookies["moderation-console"]);
        using HttpResponseMessage chosen = await visitor.SubmitAsync(
            "/account/first-password", "first-password",
            ("Input.Email", email), ("Input.Given", added.OneTimePassword!), ("Input.Chosen", Visitor.Password), ("Input.Repeated", Visitor.Password));

        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);
        using HttpResponseMessage again = await new Visitor(Console).SignInAsync(email, added.OneTimePassword);
        Assert.Contains("not right", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnPassword_Changed_KeepsThisSessionAndEndsTheOthers()
    {
        (string email, _) = await Visitor.AddAsync(Console, Roles.Moderator);
        using Visitor here = new(Console);
        using Visitor there = new(Console);
        (await here.SignInAsync(email)).Dispose();
        (await there.SignInAsync(email)).Dispose();

        using HttpResponseMessage changed = await here.SubmitAsync(
            "/account", "password", ("Passwords.Present", Visitor.Password), ("Passwords.Chosen", "another four words now"), ("Passwords.Repeated", "another four words now"));

        Assert.Contains("The password is changed.", await changed.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/account")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await there.GetAsync("/account")).StatusCode);
    }

    [Fact]
    public async Task UnknownAddress_IsAPageForPeopleAndABareStatusForPrograms()
    {
        (Visitor visitor, _) = await Visitor.SignedInAsync(Console, Roles.Moderator);
        using Visitor signedIn = visitor;
        using HttpRequestMessage browser = new(HttpMethod.Get, "/nothing-here");
        browser.Headers.Accept.ParseAdd("text/html");

        using HttpResponseMessage page = await signedIn.Client.SendAsync(browser, Cancel);
        using HttpResponseMessage bare = await signedIn.GetAsync("/nothing-here");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (page.StatusCode, bare.StatusCode));
        Assert.Contains("blazor.web", await page.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("", await bare.Content.ReadAsStringAsync(Cancel));
    }

    public sealed class Running : IAsyncLifetime
    {
        public WebConsole Console { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Console = await WebConsole.StartAsync();

        public ValueTask DisposeAsync() => Console.DisposeAsync();
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.Sessions;
using ModerationConsole.Tests.Support;
using ModerationConsole.Web.Security;
using SignInResult = ModerationConsole.Core.People.SignInResult;

namespace ModerationConsole.Tests.Integration.People;

/// <summary>Passkeys, by the framework's own checks, over a key that the test holds.</summary>
public sealed partial class PasskeyTests
{
    private const string Email = "m@people.example";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Passkey_ThatWasMade_SignsInWithoutAPasswordOnceForEachQuestion()
    {
        await using TestConsole console = await StartAsync();
        PasskeyExchange exchange = ExchangeOf(console);
        using SoftPasskey passkey = new();
        Session first = await PasswordAsync(console);
        Session elsewhere = await PasswordAsync(console);
        Assert.Equal(FactorResult.Done, await MakeAsync(console, exchange, first, passkey, " My laptop "));

        (HttpContext browser, string options) = await AskAsync(exchange);
        string answer = passkey.Use(options);
        SignInOutcome done = await console.Use<SignInWithPasskey>().RunAsync((await exchange.UsedAsync(browser, answer))!, "Browser", Cancel);
        SignInOutcome again = await console.Use<SignInWithPasskey>().RunAsync((await exchange.UsedAsync(browser, answer))!, "Browser", Cancel);

        Assert.Equal((SignInResult.SignedIn, SignInResult.Failed), (done.Result, again.Result));
        Assert.True(await IsCurrentAsync(console, done.Session!));
        Assert.False(await IsCurrentAsync(console, elsewhere));
        Assert.Equal("My laptop", Assert.Single(await console.Use<ListMyPasskeys>().RunAsync(Asking(first), Cancel)).Name);
        Assert.Equal(SessionMethod.Passkey, (await console.ReadAsync(db => db.Set<PersonSession>().SingleAsync(row => row.Id == done.Session!.Id, Cancel))).Method);
        Assert.Equal(1, await CountAsync(console, AuditAct.SecondFactorAdded));
    }

    public static TheoryData<string, string?, bool, string?, bool> Bent => new()
    {
        { "another origin", "https://console.example.evil.test", false, null, true },
        { "another port", "https://console.example:8443", false, null, true },
        { "without TLS", "http://console.example", false, null, true },
        { "in a frame", null, true, null, true },
        { "for another site", null, false, "evil.test", true },
        { "its holder not known", null, false, null, false },
    };

    [Theory]
    [MemberData(nameof(Bent))]
    public async Task Answer_OfAnotherPageOrWithoutItsHolder_IsRefused(string what, string? origin, bool crossOrigin, string? site, bool verified)
    {
        await using TestConsole console = await StartAsync();
        PasskeyExchange exchange = ExchangeOf(console);
        using SoftPasskey passkey = new();
        Session session = await PasswordAsync(console);
        Assert.Equal(FactorResult.Done, await MakeAsync(console, exchange, session, passkey));
        using SoftPasskey bent = passkey.Elsewhere(origin, crossOrigin, site, verified);
        using SoftPasskey bentAndNew = new SoftPasskey().Elsewhere(origin, crossOrigin, site, verified);

        (HttpContext browser, string use) = await AskAsync(exchange);
        (HttpContext making, string make) = await AskToMakeAsync(exchange, session);

        Assert.True(await exchange.UsedAsync(browser, bent.Use(use)) is null, what);
        Assert.True(await exchange.MadeAsync(making, session.PersonId, bentAndNew.Make(make)) is null, what);
        Assert.NotNull(await exchange.UsedAsync(browser, passkey.Use(use)));
    }

    [Fact]
    public async Task Answer_ToAnotherQuestion_IsRefused()
    {
        await using TestConsole console = await StartAsync();
        PasskeyExchange exchange = ExchangeOf(console);
        using SoftPasskey passkey = new();
        Session session = await PasswordAsync(console);
        await MakeAsync(console, exchange, session, passkey);
        (HttpContext browser, string options) = await AskAsync(exchange);
        (HttpContext later, string other) = await AskAsync(exchange);
        (HttpContext proving, string proof) = await AskAsync(exchange, session.Id);
        DefaultHttpContext empty = Browser();

        Assert.Null(await exchange.UsedAsync(later, passkey.Use(options)));
        Assert.Null(await exchange.UsedAsync(empty, passkey.Use(options)));
        Assert.Null(await exchange.UsedAsync(proving, passkey.Use(proof)));
        Assert.Null(await exchange.UsedAsync(proving, passkey.Use(proof), Guid.NewGuid()));
        Assert.Null(await exchange.UsedAsync(browser, passkey.Use(options), session.Id));
        Assert.Null(await exchange.UsedAsync(browser, "{\"id\":1}"));
        Assert.Null(await exchange.UsedAsync(browser, new string('x', 30_000)));
        Assert.NotNull(await exchange.UsedAsync(later, passkey.Use(other)));
    }

    [Fact]
    public async Task Passkey_OfAnotherPerson_NeitherProvesNorIsAddedNorIsRemoved()
    {
        await using TestConsole console = await StartAsync();
        PasskeyExchange exchange = ExchangeOf(console);
        using SoftPasskey theirs = new();
        using SoftPasskey mine = new();
        await AddAsync(console, "other@people.example");
        Session other = await PasswordAsync(console, "other@people.example");
        Session me = await PasswordAsync(console);
        await MakeAsync(console, exchange, other, theirs);
        await MakeAsync(console, exchange, me, mine);
        console.Clock.Advance(TimeSpan.FromSeconds(1));
        (HttpContext browser, string options) = await AskAsync(exchange, me.Id);

        CheckedPasskey used = (await exchange.UsedAsync(browser, theirs.Use(options), me.Id))!;
        Assert.Equal(other.PersonId, used.PersonId);
        Assert.Equal(ProveResult.Wrong, await console.Use<ProveMyself>().ByPasskeyAsync(Asking(me), used, Cancel));
        Assert.Equal(FactorResult.NotNow, await console.Use<AddPasskey>().RunAsync(Asking(me), used, "Theirs", Cancel));
        Assert.Equal(FactorResult.NotNow, await console.Use<AddPasskey>().RunAsync(Asking(me), used with { PersonId = me.PersonId }, "Theirs", Cancel));
        Assert.Null(await exchange.UsedAsync(browser, theirs.Use(options, me.PersonId.ToString()), me.Id));
        string id = (await console.Use<ListMyPasskeys>().RunAsync(Asking(other), Cancel))[0].Id;
        Assert.Equal(FactorResult.NotNow, await console.Use<RemovePasskey>().RunAsync(Asking(me), id, Cancel));
        // Renamed, too, is one's own only.
        RenamePasskey rename = console.Use<RenamePasskey>();
        Assert.False(await rename.RunAsync(Asking(me), id, "Mine now", Cancel));
        Assert.False(await rename.RunAsync(Asking(other), id, " ", Cancel));
        Assert.True(await rename.RunAsync(Asking(other), id, " The key in the drawer ", Cancel));
        Assert.Equal("The key in the drawer", (await console.Use<ListMyPasskeys>().RunAsync(Asking(other), Cancel))[0].Name);
        // What one was asked to make is made for oneself only.
        (HttpContext making, string make) = await AskToMakeAsync(exchange, other);
        using SoftPasskey another = new();
        Assert.Null(await exchange.MadeAsync(making, me.PersonId, another.Make(make)));
    }

    [Fact]
    public async Task Proof_ByPasskey_OpensTheDangerousCommandsAndIsGoodOnce()
    {
        await using TestConsole console = await StartAsync();
        PasskeyExchange exchange = ExchangeOf(console);
        using SoftPasskey passkey = new();
        Session session = await PasswordAsync(console);
        await MakeAsync(console, exchange, session, passkey);
        string id = (await console.Use<ListMyPasskeys>().RunAsync(Asking(session), Cancel))[0].Id;
        console.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(FactorResult.ProveFirst, await console.Use<RemovePasskey>().RunAsync(Asking(session), id, Cancel));

        (HttpContext browser, string options) = await AskAsync(exchange, session.Id);
        string answer = passkey.Use(options);
        console.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(ProveResult.Proved, await ProveAsync());
        console.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(ProveResult.Wrong, await ProveAsync());
        Assert.Equal(FactorResult.ProveFirst, await console.Use<RemovePasskey>().RunAsync(Asking(session), id, Cancel));
        (browser, options) = await AskAsync(exchange, session.Id);
        answer = passkey.Use(options);
        Assert.Equal(ProveResult.Proved, await ProveAsync());
        Assert.Equal(FactorResult.Done, await console.Use<RemovePasskey>().RunAsync(Asking(session), id, Cancel));
        Assert.Null(await exchange.UsedAsync(browser, answer, session.Id));

        async Task<ProveResult> ProveAsync() =>
            await console.Use<ProveMyself>().ByPasskeyAsync(Asking(session), (await exchange.UsedAsync(browser, answer, session.Id))!, Cancel);
    }

    [Fact]
    public async Task Passkey_WhereARoleDemandsASecondFactor_IsOneAndTheLastStaysUntilItIsReset()
    {
        await using TestConsole console = await StartAsync(new() { ["SecondFactor:Roles:0"] = Roles.Lead });
        PasskeyExchange exchange = ExchangeOf(console);
        using SoftPasskey passkey = new();
        Session password = await PasswordAsync(console);
        await MakeAsync(console, exchange, password, passkey);
        await console.Use<SetRoles>().RunAsync(Caller.System, password.PersonId, [Roles.Lead], Cancel);

        Assert.Equal(SignInResult.NeedsPasskey, (await console.Use<SignIn>().RunAsync(Email, Visitor.Password, Cancel)).Result);
        Session session = (await SignInAsync(console, exchange, passkey)).Session!;
        Assert.True(await IsCurrentAsync(console, session));
        string id = (await console.Use<ListMyPasskeys>().RunAsync(Asking(session), Cancel))[0].Id;
        Assert.Equal(FactorResult.Required, await console.Use<RemovePasskey>().RunAsync(Asking(session), id, Cancel));

        Caller admin = await console.PersonAsync(Roles.Admin);
        Assert.Equal(PersonOutcome.Done, await console.Use<ResetSecondFactor>().RunAsync(admin, session.PersonId, Cancel));
        Assert.False(await IsCurrentAsync(console, session));
        (HttpContext browser, string options) = await AskAsync(exchange);
        Assert.Null(await exchange.UsedAsync(browser, passkey.Use(options)));
        Assert.Equal(1, await CountAsync(console, AuditAct.SecondFactorRemoved));
    }

    [Fact]
    public async Task Passkey_OfSomebodyDisabledOrLetInByAProviderOnly_OpensNothing()
    {
        await using TestConsole console = await StartAsync();
        PasskeyExchange exchange = ExchangeOf(console);
        using SoftPasskey passkey = new();
        using SoftPasskey second = new();
        Session session = await PasswordAsync(console);
        await MakeAsync(console, exchange, session, passkey);
        string hash = await HashAsync(null);

        Assert.Equal(FactorResult.NotNow, await MakeAsync(console, exchange, session, second));
        Assert.Equal(SignInResult.Failed, (await SignInAsync(console, exchange, passkey)).Result);
        await HashAsync(hash);
        await console.Use<DisablePerson>().RunAsync(await console.PersonAsync(Roles.Admin), session.PersonId, Cancel);
        Assert.Equal(SignInResult.Disabled, (await SignInAsync(console, exchange, passkey)).Result);
        await console.WriteAsync(async scope => (await scope.Db.Set<Moderator>().SingleAsync(row => row.Id == session.PersonId, Cancel)).Disabled = false);
        Assert.Equal(SignInResult.SignedIn, (await SignInAsync(console, exchange, passkey)).Result);

        Task<string> HashAsync(string? hash) => console.WriteAsync(async scope =>
        {
            IdentityUser<Guid> account = await scope.Db.Users.SingleAsync(row => row.Id == session.PersonId, Cancel);
            string before = account.PasswordHash ?? "";
            account.PasswordHash = hash;
            return before;
        });
    }

    private static async Task<TestConsole> StartAsync(Dictionary<string, string?>? settings = null)
    {
        TestConsole console = await TestConsole.StartAsync(settings);
        await AddAsync(console, Email);
        return console;
    }

    private static Task<AddPersonOutcome> AddAsync(TestConsole console, string email) =>
        console.Use<AddPerson>().RunAsync(Caller.System, new NewPerson(email, "Someone", [Roles.Moderator], Password: Visitor.Password), Cancel);

    private static async Task<Session> PasswordAsync(TestConsole console, string email = Email) =>
        (await console.Use<SignIn>().RunAsync(email, Visitor.Password, Cancel)).Session!;

    private static Caller Asking(Session session) => Caller.Person(session.PersonId, session.Id);

    private static Task<bool> IsCurrentAsync(TestConsole console, Session session) => console.Get<SessionCheck>().IsCurrentAsync(session, Cancel);

    private static Task<int> CountAsync(TestConsole console, AuditAct act) =>
        console.ReadAsync(db => db.Set<AuditEntry>().CountAsync(entry => entry.Act == act, Cancel));
}

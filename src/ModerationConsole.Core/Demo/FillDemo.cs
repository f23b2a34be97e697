using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;

namespace ModerationConsole.Core.Demo;

/// <summary>What people and programs need to get into the demo.</summary>
public sealed record DemoAccess(IReadOnlyList<DemoPerson> People, string Password, string ApiKey);

/// <summary>Fills an empty console with a demo, in Development only.</summary>
[Requires(Permission.ManagePeople)]
public sealed class FillDemo(
    IAccessGuard guard, IHostEnvironment environment, IOptions<DemoOptions> options, DatabaseOptions database,
    IDbContextFactory<ConsoleDbContext> contexts, CreateApiKey createApiKey, TimeProvider clock, IServiceProvider services) : IUseCase
{
    private readonly DemoCredentials _credentials = new(database);

    /// <summary>Fills the console if it is empty.</summary>
    /// <returns>How to get in; null where there is no demo: outside Development, switched off, or a console that others use.</returns>
    public async Task<DemoAccess?> RunAsync(Caller caller, CancellationToken cancellationToken)
    {
        await guard.DemandAsync<FillDemo>(caller, cancellationToken).ConfigureAwait(false);
        if (!environment.IsDevelopment() || !options.Value.Enabled)
        {
            return null;
        }

        string password = _credentials.Password(options.Value.Password);
        if (await IsEmptyAsync(cancellationToken).ConfigureAwait(false))
        {
            await FillAsync(password, cancellationToken).ConfigureAwait(false);
        }

        return _credentials.ApiKey is { } key ? new DemoAccess(DemoPeople.All, password, key) : null;
    }

    private async Task<bool> IsEmptyAsync(CancellationToken cancellationToken)
    {
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            return !await db.Set<Moderator>().AnyAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task FillAsync(string password, CancellationToken cancellationToken)
    {
        await Part<DemoItemTypes>().AddAsync(cancellationToken).ConfigureAwait(false);
        await Part<DemoRules>().AddAsync(cancellationToken).ConfigureAwait(false);
        (IReadOnlyDictionary<string, Guid> people, Guid team) = await Part<DemoPeople>().AddAsync(password, cancellationToken).ConfigureAwait(false);
        await Part<DemoQueues>().AddAsync(people["expert@demo.local"], team, cancellationToken).ConfigureAwait(false);
        await Part<DemoQuality>().AddAsync(people["lead@demo.local"], cancellationToken).ConfigureAwait(false);
        DemoPosts posts = Part<DemoPosts>();
        IReadOnlyDictionary<string, long> past = await posts.AddAsync(DemoContent.Posts.Where(post => post.Decided is not null), cancellationToken).ConfigureAwait(false);
        await Part<DemoHistory>().DecideAsync(people["moderator2@demo.local"], past, cancellationToken).ConfigureAwait(false);
        await Part<DemoPrecedents>().AddAsync(people["expert@demo.local"], past, cancellationToken).ConfigureAwait(false);
        IReadOnlyDictionary<string, long> open = await posts.AddAsync(DemoContent.Posts.Where(post => post.Decided is null), cancellationToken).ConfigureAwait(false);
        await Part<DemoComments>().AddAsync(people, open, cancellationToken).ConfigureAwait(false);
        await Part<DemoNotices>().AddAsync(cancellationToken).ConfigureAwait(false);
        await Part<DemoPictures>().AddAsync(open, cancellationToken).ConfigureAwait(false);
        CreatedKey key = await createApiKey.RunAsync(
            Caller.System, new NewApiKey("Demo platform", ApiKeys.Grantable, clock.Now().AddYears(1)), cancellationToken).ConfigureAwait(false);
        DemoParts.Expect(key.Outcome == CreateKeyOutcome.Created, "key");
        _credentials.KeepApiKey(key.Key);
    }

    private T Part<T>() => ActivatorUtilities.CreateInstance<T>(services);
}

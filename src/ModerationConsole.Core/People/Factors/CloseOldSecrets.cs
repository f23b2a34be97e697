using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using ModerationConsole.Core.Data;

namespace ModerationConsole.Core.People.Factors;

/// <summary>Encrypts, once at start, secrets of second factors that were stored before secrets were encrypted.</summary>
public sealed partial class CloseOldSecrets(WritePath writes, IDbContextFactory<ConsoleDbContext> contexts, Accounts accounts, TimeProvider clock, ILogger<CloseOldSecrets> log)
    : BackgroundService
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);

    /// <summary>Encrypts those that are not.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        List<Guid> open;
        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            open = await OpenOf(db).Select(token => token.UserId).ToListAsync(cancellationToken).ConfigureAwait(false);
        }

        int closed = 0;
        foreach (Guid id in open)
        {
            closed += await writes.RunAsync((scope, cancel) => CloseAsync(scope, id, cancel), cancellationToken).ConfigureAwait(false);
        }

        return closed;
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                try
                {
                    if (await RunOnceAsync(stoppingToken).ConfigureAwait(false) is var closed and > 0)
                    {
                        LogClosed(closed);
                    }

                    return;
                }
#pragma warning disable CA1031 // the database may be gone for a while; it is tried again
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogFault(error.GetType().Name);
                    await Task.Delay(s_again, clock, stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private static IQueryable<IdentityUserToken<Guid>> OpenOf(ConsoleDbContext db) => db.UserTokens.Where(token =>
        token.LoginProvider == OneTimePassword.Provider && token.Name == Authenticator.SecretName && token.Value != null && !token.Value.StartsWith(AccountStore.Closed));

    private async Task<int> CloseAsync(WriteScope scope, Guid personId, CancellationToken cancellationToken)
    {
        // Perhaps another node was there first.
        if (await OpenOf(scope.Db).SingleOrDefaultAsync(token => token.UserId == personId, cancellationToken).ConfigureAwait(false) is not { Value: { } secret }
            || await scope.FindPersonAsync(personId, cancellationToken).ConfigureAwait(false) is not var (_, account))
        {
            return 0;
        }

        using UserManager<IdentityUser<Guid>> manager = accounts.Over(scope.Db);
        await manager.SetAuthenticationTokenAsync(account, OneTimePassword.Provider, Authenticator.SecretName, secret).OrThrowAsync().ConfigureAwait(false);
        return 1;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Encrypted {Count} secrets of second factors that were stored open")]
    private partial void LogClosed(int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Secrets of second factors that are stored open could not be encrypted yet ({Error}); trying again in 10 s")]
    private partial void LogFault(string error);
}

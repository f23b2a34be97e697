using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People.Factors;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Core.People.OwnRoles;

/// <summary>Refuses to start with settings that name a role which neither stands nor was ever made here: a slip of the pen would take a demand away.</summary>
internal sealed class CheckRoleSettings(
    IDbContextFactory<ConsoleDbContext> contexts, IOptions<SingleSignOnOptions> singleSignOn, IOptions<SecondFactorOptions> factors) : IHostedService
{
    /// <inheritdoc />
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        (string Key, string Role)[] named =
        [
            .. factors.Value.Roles.Select(role => ($"{SecondFactorOptions.Section}:Roles", role)),
            .. from provider in singleSignOn.Value.Providers
               from roles in provider.Value.Roles
               from role in ProviderOptions.Split(roles.Value)
               select ($"{SingleSignOnOptions.Section}:Providers:{provider.Key}:Roles:{roles.Key}", role),
        ];
        if (named.All(one => Roles.All.Contains(one.Role)))
        {
            return;
        }

        ConsoleDbContext db = await contexts.CreateDbContextAsync(cancellationToken).ConfigureAwait(false);
        await using (db.ConfigureAwait(false))
        {
            List<string?> known = await db.Roles.Select(role => role.Name).ToListAsync(cancellationToken).ConfigureAwait(false);
            if (named.FirstOrDefault(one => !known.Contains(one.Role)) is (not null, not null) wrong)
            {
                throw new StartRefusedException($"{wrong.Key}: {wrong.Role} is no role; there are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
            }
        }
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

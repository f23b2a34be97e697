using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Audit.Verification;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.Data.Nodes;
using ModerationConsole.Core.Decisions.Bulk;
using ModerationConsole.Core.Inbox;
using ModerationConsole.Core.Queues;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Decisions;

/// <summary>Registers what decisions need in the background.</summary>
public static class DecisionServices
{
    /// <summary>Adds the closing of decided cases, and decisions to what is verified.</summary>
    public static IServiceCollection AddDecisions(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<MassActionOptions>().Bind(configuration.GetSection(MassActionOptions.Section)).ValidateOnStart();
        return services
            .AddSingleton<IValidateOptions<MassActionOptions>, MassActionOptionsValidator>()
            .AddSingleton<IInboxSource, AskedBatchesInInbox>()
            .AddSingleton<LapseAskedBatches>()
            .AddHostedService(provider => provider.GetRequiredService<LapseAskedBatches>())
            .AddDecisions();
    }

    private static IServiceCollection AddDecisions(this IServiceCollection services) => services
        .AddSingleton<ICaseRecords, DecisionRecordsOfCases>()
        .AddSingleton<IRecordClass, BatchClass>()
        .AddSingleton<IRecordClass>(new AgedRows<Draft>(RecordClasses.Drafts, 30, 1, (db, before) => db.Set<Draft>()
            .Where(row => row.SavedAt < before && !db.Set<ActiveLease>().Any(lease => lease.TaskNumber == row.TaskNumber)).OrderBy(row => row.SavedAt)))
        .AddSingleton<DecisionHands>()
        .AddSingleton<OrderedActions>()
        .AddSingleton<DecisionMaking>()
        .AddSingleton(DecideLane.Lane)
        .AddSingleton<DecisionUndoing>()
        .AddSingleton<DecisionReversing>()
        .AddSingleton<DecisionCorrecting>()
        .AddSingleton<DecisionRestoring>()
        .AddSingleton<IAuditedRecords, AuditedDecisions>()
        .AddSingleton<IInboxSource, KeptDrafts>()
        .AddSingleton<BulkMembers>()
        .AddSingleton(provider => new RunBatches(
            provider.GetRequiredService<IDbContextFactory<ConsoleDbContext>>(), provider.GetRequiredService<WritePath>(), provider.GetRequiredService<IAccessGuard>(),
            provider.GetRequiredService<BulkMembers>(), provider.GetRequiredService<NodeDuties>(), provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<RunBatches>>()))
        .AddHostedService(provider => provider.GetRequiredService<RunBatches>())
        .AddSingleton<BringPoliciesIntoForce>()
        .AddHostedService(provider => provider.GetRequiredService<BringPoliciesIntoForce>())
        .AddSingleton<CloseDecidedCases>()
        .AddHostedService(provider => provider.GetRequiredService<CloseDecidedCases>());
}

using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Decisions;
using ModerationConsole.Core.Policies;
using ModerationConsole.Core.Retention;

namespace ModerationConsole.Core.Escalations;

/// <summary>Registers what follows from answers.</summary>
public static class EscalationServices
{
    /// <summary>Adds telling askers of answers, and experts of questions about policies.</summary>
    public static IServiceCollection AddEscalations(this IServiceCollection services) => services
        .AddSingleton<IDecisionObserver, AnswersToAskers>()
        .AddSingleton<IPolicyQuestions, PolicyQuestionsToExperts>()
        .AddSingleton<ICaseRecords, EscalationRecordsOfCases>();
}

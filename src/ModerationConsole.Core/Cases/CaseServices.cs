using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Audit.Proofs;

namespace ModerationConsole.Core.Cases;

/// <summary>Registers what cases answer for lower rooms.</summary>
public static class CaseServices
{
    /// <summary>Adds whether someone may know of a case, and the comparing of items.</summary>
    public static IServiceCollection AddCases(this IServiceCollection services) => services
        .AddSingleton<ICaseSight, CaseSightForAudit>()
        .AddSingleton<IAlikeItems, ExactCopies>();
}

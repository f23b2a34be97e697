using ModerationConsole.Core.Access;
using ModerationConsole.Core.Policies;
using ModerationConsole.Web.Security;

namespace ModerationConsole.Web.Api;

/// <summary>Policies, for programs that name them in reports.</summary>
internal static class PolicyEndpoints
{
    public static void MapPolicies(this RouteGroupBuilder api) =>
        api.MapGroup("policies").WithTags("Policies").RequireScope(Permission.ReadPolicies)
            .MapGet("", async (HttpContext context, ReadPolicyTree read) =>
                Results.Ok(new PolicyTree(await read.RunAsync(context.Program(), context.RequestAborted))))
            .Produces<PolicyTree>()
            .WithSummary("Read the policies");

    /// <summary>The policies in force.</summary>
    internal sealed record PolicyTree(IReadOnlyList<PolicyNode> Policies);
}

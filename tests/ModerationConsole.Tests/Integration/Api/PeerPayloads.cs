namespace ModerationConsole.Tests.Integration.Api;

/// <summary>The peer's documented examples, unchanged: programs written for it must work here as they are.</summary>
internal static class PeerPayloads
{
    public const string Items = """
        {"items":[{"id":"p-481","typeId":"it_post","data":{"text":"cheap followers here","images":["https://cdn.example.net/a/481.jpg"],"author":{"id":"u-77","typeId":"it_user"},"posted_at":"2026-05-02T09:15:00Z"}}]}
        """;

    public const string Report = """
        {"reporter":{"kind":"user","id":"u-12","typeId":"it_user"},"reportedAt":"2026-05-02T10:00:00Z","reportedForReason":{"policyId":"pol_spam","reason":"sells fake likes","csam":false},"reportedItem":{"id":"p-481","typeId":"it_post","data":{"text":"cheap followers here","author":{"id":"u-77","typeId":"it_user"}}},"reportedItemThread":[{"id":"c-9","typeId":"it_comment","data":{"text":"is this real?"}}],"reportedItemsInThread":[{"id":"c-9","typeId":"it_comment"}],"additionalItems":[{"id":"p-480","typeId":"it_post","data":{"text":"earlier post"}}]}
        """;

    public const string Appeal = """
        {"appealId":"ap-31","appealedBy":{"id":"u-77","typeId":"it_user"},"appealedAt":"2026-05-03T08:00:00Z","actionedItem":{"id":"p-481","typeId":"it_post","data":{"text":"cheap followers here"}},"actionsTaken":["act_delete"],"appealReason":"It was a joke","violatingPolicies":[{"id":"pol_spam"}]}
        """;

    public const string Action = """
        {"actionId":"act_delete","itemId":"p-481","itemTypeId":"it_post","policyIds":["pol_spam"],"parameters":{"days":7},"note":"escalated by legal"}
        """;
}

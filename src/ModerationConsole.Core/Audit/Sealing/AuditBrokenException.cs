namespace ModerationConsole.Core.Audit.Sealing;

/// <summary>The stored tree contradicts itself or its last head. Nothing may be signed on top of it; <c>audit verify</c> says what is wrong.</summary>
public sealed class AuditBrokenException(string message) : Exception(message);

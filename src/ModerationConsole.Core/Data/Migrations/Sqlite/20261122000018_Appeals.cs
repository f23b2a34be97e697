using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class Appeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            Rebuild(migrationBuilder, action: "NULL", before: "", kind: "\"Kind\" TEXT NOT NULL,", to: ", \"Kind\"", from: ", 'Action'");

            migrationBuilder.CreateTable(
                name: "appeal",
                columns: table => new
                {
                    Number = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ExternalId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Kind = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    AppellantTypeId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    AppellantId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Round = table.Column<int>(type: "INTEGER", nullable: false),
                    CaseNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    DecisionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    TaskNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    ItemTypeId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    ItemId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Actions = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 5000, nullable: true),
                    AppealedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReceivedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    DueAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    Verdict = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    PolicyId = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Language = table.Column<string>(type: "TEXT", maxLength: 35, nullable: true),
                    Automated = table.Column<bool>(type: "INTEGER", nullable: false),
                    DecidedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", maxLength: 30, nullable: false),
                    AnswerId = table.Column<Guid>(type: "TEXT", nullable: true),
                    JudgeId = table.Column<Guid>(type: "TEXT", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CorrectionId = table.Column<Guid>(type: "TEXT", nullable: true),
                    SettledAt = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DeliveryId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appeal", x => x.Number);
                    table.ForeignKey(
                        name: "FK_appeal_case_CaseNumber",
                        column: x => x.CaseNumber,
                        principalTable: "case",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_appeal_decision_DecisionId",
                        column: x => x.DecisionId,
                        principalTable: "decision",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "appeal_evidence",
                columns: table => new
                {
                    AppealNumber = table.Column<long>(type: "INTEGER", nullable: false),
                    ItemVersionId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_appeal_evidence", x => new { x.AppealNumber, x.ItemVersionId });
                    table.ForeignKey(
                        name: "FK_appeal_evidence_appeal_AppealNumber",
                        column: x => x.AppealNumber,
                        principalTable: "appeal",
                        principalColumn: "Number",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_appeal_AppellantId_AppellantTypeId",
                table: "appeal",
                columns: new[] { "AppellantId", "AppellantTypeId" });

            migrationBuilder.CreateIndex(
                name: "IX_appeal_CaseNumber",
                table: "appeal",
                column: "CaseNumber");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_DecisionId_AppellantTypeId_AppellantId_Round",
                table: "appeal",
                columns: new[] { "DecisionId", "AppellantTypeId", "AppellantId", "Round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appeal_ExternalId_AppellantTypeId_AppellantId",
                table: "appeal",
                columns: new[] { "ExternalId", "AppellantTypeId", "AppellantId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appeal_Id",
                table: "appeal",
                column: "Id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_appeal_ReceivedAt",
                table: "appeal",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_SettledAt",
                table: "appeal",
                column: "SettledAt");

            migrationBuilder.CreateIndex(
                name: "IX_appeal_State_DueAt",
                table: "appeal",
                columns: new[] { "State", "DueAt" });

            migrationBuilder.CreateIndex(
                name: "IX_appeal_TaskNumber",
                table: "appeal",
                column: "TaskNumber",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "appeal_evidence");

            migrationBuilder.DropTable(
                name: "appeal");

            Rebuild(migrationBuilder, action: "NOT NULL", before: "DELETE FROM \"enforcement_action\" WHERE \"ActionId\" IS NULL;", kind: "", to: "", from: "");
        }

        // By hand, because the generated way switches foreign keys off, which no transaction may: a crash would leave half of it. Nothing
        // refers to this table.
        private static void Rebuild(MigrationBuilder migrationBuilder, string action, string before, string kind, string to, string from) => migrationBuilder.Sql($"""
            {before}
            CREATE TABLE "enforcement_action_new" (
                "Id" TEXT NOT NULL CONSTRAINT "PK_enforcement_action" PRIMARY KEY,
                "ActionId" TEXT {action},
                "Attempts" INTEGER NOT NULL,
                "Body" TEXT NOT NULL,
                "CallbackUrl" TEXT NOT NULL,
                "CaseNumber" INTEGER NULL,
                "CreatedAt" TEXT NOT NULL,
                "DecisionId" TEXT NULL,
                "EndedAt" TEXT NULL,
                "HeldBy" TEXT NULL,
                "HeldUntil" TEXT NULL,
                {kind}
                "LastProblem" TEXT NULL,
                "LastStatus" INTEGER NULL,
                "NotBefore" TEXT NOT NULL,
                "State" TEXT NOT NULL,
                "Target" TEXT NOT NULL,
                "TargetItemId" TEXT NOT NULL,
                "TargetTypeId" TEXT NOT NULL,
                "Version" INTEGER NOT NULL,
                CONSTRAINT "FK_enforcement_action_action_definition_ActionId" FOREIGN KEY ("ActionId") REFERENCES "action_definition" ("Id") ON DELETE RESTRICT
            );
            INSERT INTO "enforcement_action_new" ({Columns}{to}) SELECT {Columns}{from} FROM "enforcement_action";
            DROP TABLE "enforcement_action";
            ALTER TABLE "enforcement_action_new" RENAME TO "enforcement_action";
            CREATE INDEX "IX_enforcement_action_ActionId" ON "enforcement_action" ("ActionId");
            CREATE INDEX "IX_enforcement_action_CaseNumber" ON "enforcement_action" ("CaseNumber");
            CREATE INDEX "IX_enforcement_action_CreatedAt" ON "enforcement_action" ("CreatedAt");
            CREATE INDEX "IX_enforcement_action_DecisionId" ON "enforcement_action" ("DecisionId");
            CREATE INDEX "IX_enforcement_action_State_NotBefore" ON "enforcement_action" ("State", "NotBefore");
            """);

        private const string Columns = """
            "Id", "ActionId", "Attempts", "Body", "CallbackUrl", "CaseNumber", "CreatedAt", "DecisionId", "EndedAt", "HeldBy", "HeldUntil", "LastProblem", "LastStatus",
            "NotBefore", "State", "Target", "TargetItemId", "TargetTypeId", "Version"
            """;
    }
}

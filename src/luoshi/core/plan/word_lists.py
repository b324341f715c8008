"""Words of the language of plans, by what they mean; lists are split at white space.

No place, person, enterprise or sentence of any document. A Python literal, because Python keeps it compiled:
reading TOML took a fifth of the start of `luoshi read` (docs/decisions/0055).
"""

LISTS = {
    # 增长8%: growth when a rate follows, additional things when a count follows
    "verbs.increase": "增长 增加 提高 提升 上升 扩大 递增 上浮 上涨 提速 增 涨",
    # 下降3%
    "verbs.decrease": "减轻 压降 下降 降低 减少 压减 削减 压缩 缩短 压降 收窄 缩小 核减 下浮 降减 减 降",
    # 达到80亿元
    "verbs.reach": """
达到 达 到 至 为 是 保持在 稳定在 维持在 控制在 保持 稳定 维持 控制 实现 完成 突破 超过 超 占 不低于 拥有 现有 提高到 提高至
下降至 下降到 降低至 降低到 减少至 减少到 压减到 缩短至 缩短到 提升至 提升到 上升至 上升到 扩大至 扩大到 增长到 增长至 上调至 上调到 调整为 调整到 收窄至 缩小至 缩小到 压缩到 降为 增为
力争达 确保达 保有 降至 降到 增至 增加到 增加至 压至 压缩至 压减至 共 共计 总计 总数 合计 累计 累计达 处于 运行在 位于 起
""",
    # carry no meaning of their own next to a number: 新增5家, 建成3个
    "verbs.produce": """
新增 净增 完成 实施 培育 打造 建成 建设 新建 创建 申报 争取 争创 引进 开展 举办 组织 发放 培养 引育 新培育 新引进 新创建 新认定 新建成
新签约 新开工 新竣工 新投产 认定 入库 选派 选聘 招引 招聘 招募 落地 储备 谋划 布局 推出 发布 设立 成立 组建 建立 配备 配置 投放 开通 开设 安排 投入 派驻
评选 遴选 选树 树立 命名 推广 应用 上线 签约 开工 竣工 投产 建强 挖掘 办好 办成 办理 办结 受理 获得 获批 获评 取得 承办 举行 开发
推动 支持 推进 加快 引导 帮助 扶持 指导 带动 促进 撬动 吸引 集聚 汇聚 招收 招录 募集 筹集 筹建 拨付 下达 兑现 落实 收储 供应 出让 处置 盘活 消化 化解 解决 整改 销号
归还 偿还 清偿 清退 淘汰 关停 关闭 拆除 搬迁 退出 改造 改建 扩建 新改建 新改扩建 改扩建 续建 修建 兴建 修缮 修复 治理 整治 改造提升 提升改造 提质改造 提质 优化提质 升级改造 升级 优化
更新 维修 加装 安装 铺设 敷设 植树造林 造林 绿化 补植 收购 采购 销售 购置 培训 救助 康复救助 资助 帮扶 服务 救治 筛查 检测 检查 抽检 监测 巡查 排查
查处 查办 侦破 打击 调解 审理 办案 拓展 发展 新设 新设立 新注册 注册 登记 挂牌 上市 孵化 转化 转型 实现 突破 牵头 参与 承接 编制 制定 修订 出台 形成 总结 提炼
征集 收集 开放 接入 覆盖 安置 吸纳 转移 输送 推荐 选送 选育 选拔 评定 创新 攻克 攻关 转移就业 新吸纳 交办 完善 开建 动工 交付 投用 启用 建好 建 抓好 打通 划定 生产
创作 联合 保障 试点 储备入库 纳入 用于 归集 缴存 盘活利用 消纳 新投放 新辟 新发放 新发展 新选派 新开通 新改造 新落地 净增加 新增加 再新增 再造 引入 招商引资 引进培养 引进培育 引进和培育
对接 走访 联系 提供 提前归还 举报 回收 受训 服务保障 储存 收治 评审 命名授牌 授牌 创成 新成 补充 增加 接种 硬化 购置 新(改)建 新(扩)建 新(改、扩)建 改(扩)建 新(改扩)建 新建(改造) 迁(扩)建 推介 输出 清理收回 收回 清收 追回 追缴 拉动 代办 帮办 新推出 新布局 新上线 新打造 拓宽 硬化 疏浚 清淤 新修 修筑 改良 建造 配建 增设 增配
""",
    # open a clause that promises something of its own, even behind a grant
    "verbs.promise": """
力争 确保 新增 净增 实施 培育 打造 建成 建设 新建 引进 开展 举办 完成 筹集 新培育 新引进 带动 拉动 撬动 吸引 发展 改造 培训 推广 落地 组织 全年 年内 争取 创建 转型升级 盘活 收储 更新 募集
""",
    # promise effort, not a count, unless the clause ends in something achieved
    "verbs.effort": "推动 支持 推进 加快 引导 帮助 扶持 指导 促进 加强 做好 抓好 统筹 谋划 完善 优化 发展 保障 巩固 推行 服务 做大做强 做大 做优 做强 做优做强 发展壮大 壮大",
    # point at a list that exists already and promise nothing about its size
    "verbs.refer": """
围绕 聚焦 依托 按照 根据 落实 坚持 对照 针对 立足 结合 贯彻 执行 突出 紧扣 紧盯 瞄准 遵循 严守 发挥 利用 运用 涵盖 包括 分为 分 以 把 将 从 在 除 第 这 该 上述 前述 以上 其他 对
公布 印发 制定出台 履行 统筹推进 细化 明确 抓实 用好 严格 学习 宣传 惠及 受益 涉及 辐射 享受 符合 属于 作为 由 按 原 属 含 衔接 统筹抓好 协调
""",
    # dropped from the head of a name, over and over
    "verbs.light": """
但 力争 确保 全年 年内 今年 本年 当年 同时 并 且 其中 另外 预计 计划 拟 至少 努力 实现 完成 带动 促进 加快 持续 进一步 积极 大力 稳步 有序 全面 着力 坚决 切实 保证 推动 确保实现 力争实现
新增 净增 培育 打造 建成 创建 争取 争创 引进 实施 开展 建设 新建 组织 举办 新培育 新引进 新创建 新认定 选派 引育 培养 引进培养 申报 发放 达到 全力 奋力 加大 加强 做好 抓好 推进
优化提质 改造提升 牢牢守住 守牢 守住 坚守 力促 继续 不断 年均 累计 合计 以及 突破 投入 撬动 新改建 新改扩建 办好 深入 扎实 分别 率先 主动 解决 做到 达成 推出 发布 遴选 选树 布局 招引 促使 推动实现
第一季度 一季度 上半年 二季度 三季度 前三季度 四季度 下半年 到年底 年底前 年底 年末 至年底 力争全年 维护 新打造 新推出 新发展 新建成 新投放 新辟 落地 认定 评选 建立 设立 开设 开通 投放 推广 配备 设置 新设 打好 严格 补充 新成 创成 汇聚 集聚 组建 挖掘 建成启用 建成投用 新建改造 新建改建 新建和改造 新建改扩建 新建和改扩建 增加 提升 提高 扩大 保持 配置 购置 接种 形成 巩固提升 新(改)建 新(扩)建 新(改、扩)建 改(扩)建 新(改扩)建 新建(改造) 迁(扩)建 基本实现 初步实现 总体实现 体现 体现了 培育认定 引进培育 引进和培育 培育打造 筹集
""",
    # between a name and its number, dropped from the tail of a name
    "verbs.fill": """
均 各 分别 同比 年均 平均 每年 全部 再 力争 确保 总计 合计 也 都 将 要 基本 总体 持续 率先 逐步 累计 新 共 至少 分别力争 计划 预计 努力 全年 年内 较上年 比上年 较去年 比去年 同口径 可比口径 自然口径
环比 稳步 继续 进一步 一律 必须 应 应当 需 全面 整体 双双 每户 每亩 =
""",
    # a place or a time that is dropped before a verb and kept before a noun
    "verbs.scope": "全县 全市 全区 全省 全州 全镇 全乡 全街道 全域 我县 我市 我区 我省 本县 本市 本区 辖区 全国 全年 各地 各县 各区 各乡镇 各镇 各单位 各县市区 市级 县级 区级 省级",
    # after a verb, turns it into part of a noun: 完成率, 引进量
    "verbs.nominal": "率 数 额 量 库 期 度 的 性 化 费 用地 基地 机制 资金 方案",
    # verbs that follow their subject: 企业新增10户
    "verbs.after_subject": """
新增 净增 新培育 新引进 新认定 净增加 新增加 完成 实现 引进 培育 新建 建成 打造 发放 投入 到位 拥有 新签约 新开工 新竣工 新投产 落地 创建 达到 累计 突破 争取
""",
    # says how the thing before stands, so that a name begins behind it: 风险可控、隐患清零
    "verbs.settled": "领先 可控 管控 受控 下降 上升 提升 提高 稳定 增长 达标 向好 优化 增强 改善 扩大 好转 清零 见底 到位",
    # ends a list of things pointed at: 15个问题…确保销号
    "verbs.resolved": "销号 整改到位 办结 清零 全部完成 全面完成 整改完成 见底 全部解决",
    # between a name and 清零, 全覆盖
    "verbs.settling": "动态 见底 实现 全面 全部 基本 均 力争 确保 保持 达到 双 总体 加快 的 也 要 持续 存量 年内 归零 坚持",
    # stand for a name where none is given: 计划投入9800万元
    "verbs.invested": "投入 到位 发放 争取",
    # cut a long lead-in off: 通过技改带动产值增长…
    "verbs.inner": "完成 实现 培育 打造 建成 引进 确保 力争 创建 带动 新建 净增 申报 开展 举办 选派 撬动",
    "comparison.higher": "高于 快于 优于 高出 好于",
    "comparison.lower": "低于 慢于 少于",
    "comparison.level": "同步 持平 相当 一致 同频",
    # counted by 个/项/条/大 but never a target: 三个方面, 五项机制
    "nouns.counted_for_order": """
方面 环节 领域 阶段 方向 维度 层面 机制 体系 措施 政策 政策措施 原则 战略 要求 关键 特色 专项行动 行动 攻坚 攻坚行动 举措 工作 任务 问题导向 步骤 层次 部分 类别 要素 条款 清单 意见
重点领域 重点任务 重点工作 主题 支柱 产业体系 赛道 关系 抓手 制度 程序 重点 内容 因素 短板 制度体系 坚持 统筹 转变 高地 实事 民生实事 民心实事 实事项目
""",
    # bodies are set up, not delivered: 8个工作专班
    "nouns.bodies": "工作专班 专班 工作组 专项小组 小组 领导小组 分组 成员单位 部门 牵头单位 责任单位 单位",
    # what an amount qualifies when it stands in front: 5000万元以上项目
    "nouns.qualified": "项目 企业 工程 楼宇 产业 集群 园区 基地 单位 纳税 大户 产品 订单 商户 个体 重大 重点 产业链 龙头 制造业 工业 贷款户",
    # a name may end a list of verbs before it: 新签约、开工、竣工…项目各100个
    "nouns.stages": "新签约 签约 新开工 开工 新竣工 竣工 新投产 投产 新建 续建 新注册 注册 引进 培育",
    # ends a promise about a thing's name: 800套住房建设任务
    "nouns.tail": "任务 目标 工作任务 目标任务 的任务 的目标 以上 指标 的要求 要求 底线 的底线 工作 年度任务",
    # what became of the things counted: 2所学校建成投用
    "nouns.result": """
全部建成投用 全面建成 全部建成 全面完工 全面开工 建成投用 建成投产 投产达效 竣工投产 全部完工 完工投入使用 投入使用 建成 投用 投产 竣工 开工 落地 上线 挂牌 上市 开业 开园 通车 完工 交付 交付使用 达产 达效 达产达效 复产 复产达效 复工 复工复产 扭亏 扭亏为盈 入库 启动 签约 创成 达标 验收 组建 创建 的应用
进入 纳入 入选 入围 获评 获批 关停 搬迁 销号 办结 全部 率先 实现 完成 取得 形成
""",
    # where the things counted go, behind their name: 15名专家|赴基层
    "nouns.onward": "赴 前往 奔赴 进驻 下沉 用于",
    # events that a plan can promise to have none of
    "nouns.events": "事故 事件 案件 返贫 致贫 上访 火灾 死亡 伤亡 债务 欠薪 疫情 舆情 风险 问题 现象 违建 溺亡 溺水 灾害 命案 违法用地 撂荒 辍学 失信 爆雷 中毒 暴雷",
    "nouns.nil": """
零事故 零伤亡 零死亡 零新增 零增长 零上访 零发生 零返贫 零投诉 零失误 零舆情 零疫情 零违建 零欠薪 零火灾 零事件 零感染 零溺亡 零辍学 零撂荒 零违规 零违约 零积压 零逾期 零差错 零排放 零报告案件 零复发 零反弹 零登记 零非访 零发案 零出险 零违法
""",
    # only says that the thing before did not happen: 民转刑案件零发生
    "nouns.happening": "发生 登记 出现 复发 反弹 报告 发案 增长",
    # of what a stock is counted, not of what is added
    "nouns.stock": "总量 总数 数量 数 规模 产能 存量 保有量 拥有量 余额 总额 产值 产量 收入 面积 里程 标准 能力 容量 人口 实有 有效期内 总产值 增加值 税收",
    # short names that lack nothing in a list: 税收、规模工业增加值
    "nouns.whole": "税收 财税 出口 进口 进出口 外贸 外资 内资 投资 消费 社零 存款 贷款 工业 农业 服务业 旅游 财政 就业 收入 生猪 粮食 油料 蔬菜 水果 肉类",
    # a thing of the preceding name, not a name of its own
    "nouns.aspects": "年度投资 设备投资 户数 人数 家数 件数 全长 总长 长度 总建筑面积 面积 总面积 投资 总投资 年度计划投资 计划投资 总投入 投入 资金 里程 总里程 总量 总长 占地 建筑面积 产值 税收 床位 学位 覆盖率 占比 金额",
    # rates: a level of them is a share
    "nouns.rates": "率 占比 比重 比例 覆盖面 强度 比率 份额 浓度比 占全县比重 系数",
    # the growth stands in the noun
    "nouns.growth": "增速 增幅 涨幅 增长率 增长速度 增长",
    # lasting time: only with one of these does a number of days promise something
    "nouns.durations": "寿命 年限 年龄 天数 天 时限 时间 时长 周期 日数 用时 耗时 工期 期限",
    # an office's own rhythm, told by mechanisms
    "nouns.rhythm": "调度 会议 例会 通报 督查 督导 研究 讲评 小结 总结 报告 汇报 会商 碰头 简报 专报 例会制度 调研 走访 对账 检查一次 报送 推送",
    # of people, whom 人 and 户 count
    "nouns.people": "人 员 者 工 民 众 生 童 师 户 妇 匠 家庭 青年 老年 特派 专家",
    # papers for the press, told by quotas
    "nouns.press": "稿 稿件 报道 宣传 信息 典型经验 简讯 推文",
    # levels of recognition, elided in a list: 省级示范村4个、市级30个
    "nouns.grades": "国家级 省级 市级 县级 区级 州级 乡级 村级 镇级 部级 世界级 国家 省 市 县 区",
    # before a number, of what has been: 整体进度已完成目标的55%
    "verbs.done": "已完成 已建成 已达到 已达 已实现 已累计",
    "nouns.past": "去年 上年 过去 截至 截止 目前 现有 以来 已累计 已有 已经 累计已 已建成 已完成 前期 历年 曾",
    # money handed to somebody on a condition: a parameter of the policy, nobody's target
    "nouns.grant": """
给予 予以 奖励 奖补 补助 补贴 资助 贴息 奖金 最高不超过 最高可 最高支持 按照不超过 按不超过 的标准给予 一次性 补偿 授信额度 罚款 处以 扣 得分 加分 计分 分值 权重 满分 额度内 贷款期限 年利率 兑现奖
补 奖 减免 退还 免收 返还 优惠 折扣 租金
""",
}
